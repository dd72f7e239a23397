import {useLayoutEffect} from '../vendor/preact.js';
import {channelPath} from '../state/router.js';
import {readStateOf} from '../state/read-states.js';
import {channelsInOrder} from './channel-order.js';
import {useClient} from './context.js';

/** The keys that work everywhere; settings list them. */
export function useShortcuts() {
  const client = useClient();
  useLayoutEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      const {state} = client.store;
      if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        client.show({kind: 'jump'});
      } else if (event.key === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey && state.route.page === 'channel') {
        const field = document.getElementById('search-field');
        if (field) {
          event.preventDefault();
          field.focus();
        }
      } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown') && state.route.page === 'channel') {
        event.preventDefault();
        step(client, event.key === 'ArrowDown' ? 1 : -1, event.shiftKey);
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [client]);
}

/** Goes to the next channel. @param {import('../client.js').Client} client @param {1 | -1} by @param {boolean} unread to the next with something new */
function step(client, by, unread) {
  const {state} = client.store;
  const route = state.route;
  if (route.page !== 'channel') return;
  const guild = state.guilds.get(route.guildId);
  const ids = guild ? channelsInOrder(guild).filter(one => one.type !== 4).map(one => one.id) : [...state.directs.keys()];
  const from = ids.indexOf(route.channelId ?? '');
  for (let i = 1; i <= ids.length; i++) {
    const id = ids[(from + by * i + ids.length * (i + 1)) % ids.length];
    if (!unread || readStateOf(state, id).unread) {
      client.router.go(channelPath(route.guildId, id));
      return;
    }
  }
}
