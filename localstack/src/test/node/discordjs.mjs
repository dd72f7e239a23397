// A discord.js bot as anybody would write it. It prints what the Java side's Bot describes, one line each.
// Environment: BASE_URL (without version), TOKEN.
import { Client, GatewayIntentBits } from 'discord.js';

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: `${process.env.BASE_URL}/api`, version: '10' },
});

client.on('raw', (packet) => {
  if (packet.t === 'READY') console.log(`session ${packet.d.session_id}`);
});

client.once('clientReady', () => {
  const guild = client.guilds.cache.first();
  console.log(`ready ${client.user.id} ${guild ? guild.id : 'no-guild'}`);
});

client.on('shardResume', () => console.log('resumed'));

client.on('messageCreate', async (message) => {
  if (message.author.id === client.user.id) return;
  console.log(`message ${message.content}`);
  if (message.content.startsWith('ping ')) {
    await message.reply(`pong ${message.content.slice(5)} from discord.js`);
  }
});

client.on('messageCreate', async (message) => {
  const file = message.attachments.first();
  if (message.author.id === client.user.id || message.content !== 'echo' || !file) return;
  const bytes = Buffer.from(await (await fetch(file.url)).arrayBuffer());
  await message.channel.send({ content: 'echoed by discord.js', files: [{ attachment: bytes, name: file.name }] });
});

client.on('error', (error) => console.log(`error ${error.message}`));

process.stdin.on('end', () => client.destroy().then(() => process.exit(0)));
process.stdin.resume();

await client.login(process.env.TOKEN);
