// Runs for every request that clients send to the edge, before any cache (CloudFront Functions, JavaScript runtime 2.0).
function handler(event) {
    var request = event.request;
    // What the functions take for the client's address. A client's own header of this name is overwritten here.
    request.headers['ADDRESS_HEADER'] = { value: event.viewer.ip };
    // A WebSocket API has no path below its mapping, and most clients write a slash before their query.
    if (request.uri === '/GATEWAY_PATH/') {
        request.uri = '/GATEWAY_PATH';
    }
    return request;
}
