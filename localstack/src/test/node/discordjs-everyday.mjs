// What bots do every day, written with discord.js as anybody would: a guild of its own, roles, channels, messages, threads,
// moderation, files, a slash command. It prints "ok STEP" or "error STEP WHY" for each step, and in between what the other
// side has to do: "invite CODE" (two people join, the second gets banned) and "registered GUILD CHANNEL" (the first uses
// /greet). Environment: BASE_URL (without version), TOKEN.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  ApplicationCommandOptionType,
  AuditLogEvent,
  ChannelType,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';

const PATIENCE_MS = 20_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const client = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMembers,
    GatewayIntentBits.GuildModeration,
    GatewayIntentBits.GuildExpressions,
    GatewayIntentBits.GuildWebhooks,
    GatewayIntentBits.GuildInvites,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.GuildMessageReactions,
    GatewayIntentBits.MessageContent,
  ],
  rest: { api: `${process.env.BASE_URL}/api`, version: '10' },
});

// discord.js tells of some changes as soon as its own request is answered, so what the gateway tells is looked at as well.
const DISPATCHES = (
  'GUILD_CREATE GUILD_UPDATE GUILD_DELETE INVITE_CREATE GUILD_MEMBER_ADD GUILD_MEMBER_UPDATE GUILD_MEMBER_REMOVE ' +
  'GUILD_MEMBERS_CHUNK GUILD_ROLE_CREATE GUILD_ROLE_UPDATE GUILD_ROLE_DELETE CHANNEL_CREATE CHANNEL_UPDATE CHANNEL_DELETE ' +
  'CHANNEL_PINS_UPDATE MESSAGE_CREATE MESSAGE_UPDATE MESSAGE_DELETE MESSAGE_DELETE_BULK MESSAGE_REACTION_ADD ' +
  'MESSAGE_REACTION_REMOVE MESSAGE_REACTION_REMOVE_ALL THREAD_CREATE THREAD_UPDATE THREAD_DELETE THREAD_MEMBER_UPDATE ' +
  'THREAD_MEMBERS_UPDATE WEBHOOKS_UPDATE GUILD_EMOJIS_UPDATE GUILD_BAN_ADD GUILD_BAN_REMOVE GUILD_AUDIT_LOG_ENTRY_CREATE ' +
  'INTERACTION_CREATE'
).split(' ');
const dispatched = new Set();
client.on(Events.Raw, (packet) => dispatched.add(packet.t));

/** The next event of that name for which the test holds, as a list of what it carries. Ask before you act. */
function heard(event, matches = () => true) {
  const hearing = new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      client.off(event, listen);
      reject(new Error(`heard no ${event}`));
    }, PATIENCE_MS);
    const listen = (...told) => {
      if (!matches(...told)) return;
      clearTimeout(deadline);
      client.off(event, listen);
      resolve(told);
    };
    client.on(event, listen);
  });
  hearing.catch(() => {}); // whoever awaits it is told
  return hearing;
}

async function step(name, run) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`error ${name} ${error.message.replaceAll('\n', ' ')}`);
  }
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function everyday() {
  let guild, friend, stranger, role, channel, message, thread, webhook, emoji;

  await step('guild', async () => {
    const created = heard(Events.GuildCreate, (it) => it.name === 'everyday');
    guild = await client.guilds.create({ name: 'everyday' });
    await created;
    assert.equal(guild.ownerId, client.user.id);
    const renamed = heard(Events.GuildUpdate, (_, now) => now.name === 'every day');
    await guild.setName('every day', 'reads better');
    await renamed;
  });

  await step('invite', async () => {
    const first = guild.channels.cache.find((it) => it.type === ChannelType.GuildText);
    const made = heard(Events.InviteCreate);
    const invite = await first.createInvite({ maxAge: 3600, maxUses: 2, reason: 'for two' });
    const [told] = await made;
    assert.equal(told.code, invite.code);
    assert.ok((await guild.invites.fetch()).has(invite.code));
    const both = new Promise((resolve) => {
      const people = [];
      client.on(Events.GuildMemberAdd, (member) => people.push(member) === 2 && resolve(people));
    });
    console.log(`invite ${invite.code}`);
    [friend, stranger] = await both;
    assert.equal((await guild.members.fetch()).size, 3);
  });

  await step('roles', async () => {
    const created = heard(Events.GuildRoleCreate, (it) => it.name === 'readers');
    role = await guild.roles.create({
      name: 'readers',
      colors: { primaryColor: 0x3366ff },
      hoist: true,
      mentionable: true,
      permissions: [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages],
      reason: 'somebody has to read',
    });
    await created;
    assert.equal(role.hexColor, '#3366ff');
    const updated = heard(Events.GuildRoleUpdate, (_, now) => now.name === 'helpers');
    await role.edit({ name: 'helpers' });
    await updated;
    const given = heard(Events.GuildMemberUpdate, (_, now) => now.id === friend.id && now.roles.cache.has(role.id));
    await friend.roles.add(role, 'helps');
    await given;
    assert.deepEqual([...role.members.keys()], [friend.id]);
  });

  await step('channels', async () => {
    const category = await guild.channels.create({ name: 'Rooms', type: ChannelType.GuildCategory });
    const created = heard(Events.ChannelCreate, (it) => it.name === 'staff-room');
    channel = await guild.channels.create({
      name: 'staff-room',
      type: ChannelType.GuildText,
      parent: category,
      topic: 'for helpers',
      permissionOverwrites: [
        { id: guild.roles.everyone, deny: [PermissionFlagsBits.ViewChannel] },
        { id: role, allow: [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages] },
      ],
      reason: 'quiet',
    });
    await created;
    assert.equal(channel.parentId, category.id);
    assert.ok(channel.permissionsFor(friend).has(PermissionFlagsBits.ViewChannel));
    assert.ok(!channel.permissionsFor(stranger).has(PermissionFlagsBits.ViewChannel));
    const muted = heard(Events.ChannelUpdate, (_, now) => !now.permissionsFor(friend).has(PermissionFlagsBits.AttachFiles));
    await channel.permissionOverwrites.edit(friend, { AttachFiles: false });
    await muted;
    await channel.permissionOverwrites.delete(friend);
    const updated = heard(Events.ChannelUpdate, (_, now) => now.topic === 'for helpers only');
    await channel.edit({ topic: 'for helpers only', rateLimitPerUser: 0, nsfw: false });
    await updated;
    const other = await guild.channels.create({ name: 'spare', type: ChannelType.GuildText });
    const gone = heard(Events.ChannelDelete, (it) => it.id === other.id);
    await other.delete('not needed');
    await gone;
  });

  await step('send', async () => {
    const told = heard(Events.MessageCreate, (it) => it.content === 'an everyday mesage');
    message = await channel.send({
      content: 'an everyday mesage',
      embeds: [new EmbedBuilder().setTitle('Title').setDescription('What it says').addFields({ name: 'n', value: 'v' })],
    });
    await told;
    assert.equal(message.embeds[0].fields[0].value, 'v');
    const reply = await message.reply({ content: `and a reply for ${friend}`, allowedMentions: { users: [friend.id] } });
    assert.equal((await reply.fetchReference()).id, message.id);
    assert.ok(reply.mentions.users.has(friend.id));
    await channel.sendTyping();
  });

  await step('edit', async () => {
    const told = heard(Events.MessageUpdate, (_, now) => now.id === message.id && now.content === 'an everyday message');
    await message.edit('an everyday message');
    const [, now] = await told;
    assert.ok(now.editedAt);
    assert.equal(now.embeds.length, 1);
  });

  await step('read', async () => {
    const newest = await channel.messages.fetch({ limit: 2 });
    assert.equal(newest.last().id, message.id);
    assert.equal((await channel.messages.fetch({ message: message.id, force: true, cache: false })).content, 'an everyday message');
  });

  await step('react', async () => {
    const told = heard(Events.MessageReactionAdd, (it) => it.message.id === message.id);
    await message.react('👍');
    const [reaction] = await told;
    assert.ok((await reaction.users.fetch()).has(client.user.id));
    const removed = heard(Events.MessageReactionRemove, (it) => it.emoji.name === '👍');
    await reaction.users.remove();
    await removed;
    await message.react('🎉');
    const cleared = heard(Events.MessageReactionRemoveAll, (it) => it.id === message.id);
    await message.reactions.removeAll();
    await cleared;
  });

  await step('thread', async () => {
    const created = heard(Events.ThreadCreate, (it) => it.name === 'aside');
    thread = await message.startThread({ name: 'aside', autoArchiveDuration: 60, reason: 'aside' });
    await created;
    const told = heard(Events.MessageCreate, (it) => it.channelId === thread.id && it.content === 'by the way');
    await thread.send('by the way');
    await told;
    const joined = heard(Events.ThreadMembersUpdate, (added) => added.has(friend.id));
    await thread.members.add(friend);
    await joined;
    assert.ok((await thread.members.fetch()).has(friend.id));
    assert.ok((await channel.threads.fetchActive()).threads.has(thread.id));
    const archived = heard(Events.ThreadUpdate, (_, now) => now.id === thread.id && now.archived);
    await thread.setArchived(true, 'said');
    await archived;
    assert.ok((await channel.threads.fetchArchived()).threads.has(thread.id));
    const alone = await channel.threads.create({ name: 'private talk', type: ChannelType.PrivateThread, invitable: false });
    await alone.delete();
  });

  await step('pin', async () => {
    const pinned = heard(Events.ChannelPinsUpdate, (it) => it.id === channel.id);
    await message.pin('worth it');
    await pinned;
    const { items } = await channel.messages.fetchPins();
    assert.deepEqual(items.map((it) => it.message.id), [message.id]);
    assert.ok((await channel.messages.fetchPinned()).has(message.id));
    await message.unpin();
    assert.equal((await channel.messages.fetchPins()).items.length, 0);
  });

  await step('webhook', async () => {
    const updated = heard(Events.WebhooksUpdate, (it) => it.id === channel.id);
    webhook = await channel.createWebhook({ name: 'crier', reason: 'news' });
    await updated;
    const told = heard(Events.MessageCreate, (it) => it.webhookId === webhook.id);
    const news = await webhook.send({ content: 'news', username: 'town crier' });
    const [cry] = await told;
    assert.equal(cry.author.username, 'town crier');
    assert.equal((await webhook.editMessage(news, 'old news')).content, 'old news');
    assert.ok((await guild.fetchWebhooks()).has(webhook.id));
    await webhook.deleteMessage(news);
    await webhook.delete('no more news');
  });

  await step('emoji', async () => {
    const created = heard(Events.GuildEmojiCreate);
    emoji = await guild.emojis.create({ attachment: PNG, name: 'dot' });
    await created;
    const told = heard(Events.MessageReactionAdd, (it) => it.emoji.id === emoji.id);
    await message.react(emoji);
    await told;
    const renamed = heard(Events.GuildEmojiUpdate, (_, now) => now.name === 'spot');
    await emoji.setName('spot');
    await renamed;
    const gone = heard(Events.GuildEmojiDelete);
    await emoji.delete();
    await gone;
  });

  await step('timeout', async () => {
    const silenced = heard(Events.GuildMemberUpdate, (_, now) => now.id === stranger.id && now.isCommunicationDisabled());
    await stranger.timeout(60_000, 'too loud');
    await silenced;
    const back = heard(Events.GuildMemberUpdate, (_, now) => now.id === stranger.id && !now.isCommunicationDisabled());
    await stranger.timeout(null);
    await back;
    const named = heard(Events.GuildMemberUpdate, (_, now) => now.nickname === 'stranger');
    await stranger.setNickname('stranger');
    await named;
  });

  await step('ban', async () => {
    const banned = heard(Events.GuildBanAdd, (ban) => ban.user.id === stranger.id);
    const left = heard(Events.GuildMemberRemove, (member) => member.id === stranger.id);
    const entered = heard(Events.GuildAuditLogEntryCreate, (entry) => entry.action === AuditLogEvent.MemberBanAdd);
    await guild.members.ban(stranger, { reason: 'spam', deleteMessageSeconds: 3600 });
    await Promise.all([banned, left]);
    const [entry] = await entered;
    assert.equal(entry.reason, 'spam');
    assert.equal(entry.targetId, stranger.id);
    assert.equal((await guild.bans.fetch(stranger.id)).reason, 'spam');
    assert.ok((await guild.bans.fetch()).has(stranger.id));
    const forgiven = heard(Events.GuildBanRemove, (ban) => ban.user.id === stranger.id);
    await guild.members.unban(stranger.id, 'sorry');
    await forgiven;
    assert.equal((await guild.bans.fetch()).size, 0);
  });

  await step('audit', async () => {
    const bans = await guild.fetchAuditLogs({ type: AuditLogEvent.MemberBanAdd });
    assert.equal(bans.entries.size, 1);
    assert.equal(bans.entries.first().executor.id, client.user.id);
    assert.equal(bans.entries.first().target.id, stranger.id);
    const made = (await guild.fetchAuditLogs({ type: AuditLogEvent.ChannelCreate })).entries;
    assert.equal(made.find((it) => it.targetId === channel.id).reason, 'quiet');
    assert.ok((await guild.fetchAuditLogs({ limit: 100 })).entries.size > 15);
  });

  await step('delete', async () => {
    for (const content of ['one', 'two', 'three', 'four']) await channel.send(content);
    const told = heard(Events.MessageBulkDelete);
    const gone = await channel.bulkDelete(3);
    const [deleted] = await told;
    assert.deepEqual([...deleted.keys()].sort(), [...gone.keys()].sort());
    const last = (await channel.messages.fetch({ limit: 1 })).first();
    assert.equal(last.content, 'one');
    const single = heard(Events.MessageDelete, (it) => it.id === last.id);
    await last.delete();
    await single;
  });

  await step('file', async () => {
    const bytes = randomBytes(10_000_000);
    const told = heard(Events.MessageCreate, (it) => it.attachments.size === 1);
    await channel.send({ files: [{ attachment: bytes, name: 'ten.bin', description: 'ten megabytes' }] });
    const [holder] = await told;
    const file = holder.attachments.first();
    assert.equal(file.size, bytes.length);
    assert.equal(file.description, 'ten megabytes');
    const back = Buffer.from(await (await fetch(file.url)).arrayBuffer());
    assert.equal(sha256(back), sha256(bytes));
  });

  // discord.js has no method for it, so this is its way to call what it does not know.
  await step('search', async () => {
    const query = new URLSearchParams({ content: 'everyday', author_id: client.user.id });
    const found = await client.rest.get(`${Routes.guild(guild.id)}/messages/search`, { query });
    assert.deepEqual(found.messages.flat().map((it) => it.id), [message.id]);
  });

  await step('command', async () => {
    const used = heard(Events.InteractionCreate, (it) => it.isChatInputCommand() && it.commandName === 'greet');
    await guild.commands.create({
      name: 'greet',
      description: 'Greets somebody',
      options: [{ type: ApplicationCommandOptionType.User, name: 'who', description: 'whom', required: true }],
    });
    assert.equal((await guild.commands.fetch()).size, 1);
    console.log(`registered ${guild.id} ${channel.id}`);
    const [interaction] = await used;
    await interaction.reply(`hello ${interaction.options.getMember('who').displayName}`);
    assert.equal((await interaction.fetchReply()).interactionMetadata.user.id, friend.id);
  });

  await step('leave', async () => {
    const roleGone = heard(Events.GuildRoleDelete, (it) => it.id === role.id);
    await role.delete('over');
    await roleGone;
    const guildGone = heard(Events.GuildDelete, (it) => it.id === guild.id);
    await guild.delete();
    await guildGone;
  });

  await step('gateway', async () => {
    const missing = () => DISPATCHES.filter((type) => !dispatched.has(type));
    const deadline = Date.now() + PATIENCE_MS;
    while (missing().length > 0 && Date.now() < deadline) await heard(Events.Raw).catch(() => {});
    assert.deepEqual(missing(), []);
  });
}

client.once(Events.ClientReady, everyday);
client.on(Events.Error, (error) => console.log(`error ${error.message}`));

process.stdin.on('end', () => client.destroy().then(() => process.exit(0)));
process.stdin.resume();

await client.login(process.env.TOKEN);
