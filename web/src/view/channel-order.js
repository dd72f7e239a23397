const THREADS = new Set([10, 11, 12]);

/** A guild's channels as they are listed: those without a category first, threads below their channel. @param {import('../state/store.js').Guild} guild @returns {any[]} */
export function channelsInOrder(guild) {
  const all = [...guild.channels.values()];
  const under = (/** @type {string | null} */ parent) => all
    .filter(one => !THREADS.has(one.type) && (one.parent_id ?? null) === parent)
    .sort((a, b) => Number(a.type === 4) - Number(b.type === 4) || a.position - b.position);
  const threads = (/** @type {any} */ channel) => all.filter(one => THREADS.has(one.type) && one.parent_id === channel.id);
  const listed = [];
  for (const top of under(null)) {
    listed.push(top, ...threads(top));
    if (top.type === 4) for (const channel of under(top.id)) listed.push(channel, ...threads(channel));
  }
  return listed;
}
