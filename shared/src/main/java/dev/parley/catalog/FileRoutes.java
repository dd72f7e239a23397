package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.POST;

import java.util.List;

/** The files of messages. What is not under the API is where Discord's content delivery network has it. */
final class FileRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(POST, "/channels/{channel_id}/attachments", "attachment.CreateAttachmentsFunction")
                    .storing(),
            HttpRoute.api(POST, "/attachments/refresh-urls", "attachment.RefreshAttachmentUrlsFunction"),
            HttpRoute.file("/attachments/{channel_id}/{attachment_id}/{filename}", "attachment.GetAttachmentFunction"));

    private FileRoutes() {}
}
