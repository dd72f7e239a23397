// An Eris bot as anybody would write it. It prints what the Java side's Bot describes, one line each.
// Environment: BASE_URL (without version), TOKEN.
//
// Eris reaches its REST API at port 443 of `domain` and nowhere else, so this process, and not Eris, turns that into plain
// HTTP to where the API listens here.
import http from 'node:http';
import https from 'node:https';

const api = new URL(process.env.BASE_URL);
https.request = (options) => http.request({ ...options, host: api.hostname, port: api.port });

const { Client } = await import('eris');

const client = new Client(`Bot ${process.env.TOKEN}`, {
  intents: ['guilds', 'guildMessages', 'messageContent'],
  rest: { domain: api.hostname, baseURL: '/api/v10' },
});

client.on('rawWS', (packet) => {
  if (packet.t === 'READY') console.log(`session ${packet.d.session_id}`);
});

client.once('ready', () => {
  const guild = client.guilds.find(() => true);
  console.log(`ready ${client.user.id} ${guild ? guild.id : 'no-guild'}`);
});

client.on('shardResume', () => console.log('resumed'));

client.on('messageCreate', async (message) => {
  if (message.author.id === client.user.id) return;
  console.log(`message ${message.content}`);
  if (message.content.startsWith('ping ')) {
    await client.createMessage(message.channel.id, `pong ${message.content.slice(5)} from Eris`);
  }
});

client.on('messageCreate', async (message) => {
  const file = message.attachments[0];
  if (message.author.id === client.user.id || message.content !== 'echo' || !file) return;
  const bytes = Buffer.from(await (await fetch(file.url)).arrayBuffer());
  await client.createMessage(message.channel.id, 'echoed by Eris', { file: bytes, name: file.filename });
});

client.on('error', (error) => console.log(`error ${error.message}`));

process.stdin.on('end', () => {
  client.disconnect({ reconnect: false });
  setTimeout(() => process.exit(0), 200);
});
process.stdin.resume();

await client.connect();
