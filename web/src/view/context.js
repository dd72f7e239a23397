import {createContext, useContext, useLayoutEffect, useState} from '../vendor/preact.js';

/** The client, for every view. */
export const ClientContext = createContext(/** @type {any} */ (null));

/** @returns {import('../client.js').Client} */
export function useClient() {
  return useContext(ClientContext);
}

/** The client and what it shows; the view is drawn anew when that changes. */
export function useStore() {
  const client = useClient();
  const [, draw] = useState(0);
  // in the turn of the drawing: what changes between a drawing and the next painting would not be heard of otherwise
  useLayoutEffect(() => client.store.listen(() => draw((/** @type {number} */ n) => n + 1)), [client]);
  return {client, state: client.store.state, t: client.t};
}
