// A bot on unmodified discord.js. Only two lines know that this is Parley and not Discord: where the API is, and its version.
//
//   PARLEY_URL=http://localhost:3000 PARLEY_BOT_TOKEN=... node bot.mjs
//
// It keeps a tea house: /tea and /roll, a cup for whoever says "tea", an answer to whoever calls it, and a line of small talk
// now and then (every PARLEY_TALK_SECONDS, 90 by default; 0 for none).
import {ActionRowBuilder, ButtonBuilder, ButtonStyle, Client, EmbedBuilder, Events, GatewayIntentBits, SlashCommandBuilder} from 'discord.js';

const {PARLEY_URL = 'http://localhost:3000', PARLEY_BOT_TOKEN, PARLEY_TALK_SECONDS = '90'} = process.env;
if (!PARLEY_BOT_TOKEN) {
  console.error('Set PARLEY_BOT_TOKEN to the bot\'s token: README, "Bring a bot".');
  process.exit(2);
}

const TEAS = {green: 'Boseong green, 70 °C, two minutes', black: 'Assam, boiling, four minutes', barley: '보리차, simmered for ten minutes'};
const SMALL_TALK = ['The kettle is on.', '차 한잔 하실래요?', 'Anybody for a second cup?', 'It smells of jasmine in here.', 'I wonder who left this cup.'];

const COMMANDS = [
  new SlashCommandBuilder().setName('tea').setDescription('How a tea is made')
    .addStringOption(option => option.setName('kind').setDescription('green, black or barley').setRequired(true)
      .addChoices(...Object.keys(TEAS).map(name => ({name, value: name})))),
  new SlashCommandBuilder().setName('roll').setDescription('Rolls a die')
    .addIntegerOption(option => option.setName('sides').setDescription('6 if not said').setMinValue(2).setMaxValue(1000)),
].map(command => command.toJSON());

const client = new Client({
  rest: {api: `${PARLEY_URL}/api`, version: '10'},
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
});

client.once(Events.ClientReady, async () => {
  await client.application.commands.set(COMMANDS);
  const [guild] = client.guilds.cache.values();
  const channel = guild?.channels.cache.find(one => one.isTextBased());
  const seconds = Number(PARLEY_TALK_SECONDS);
  if (channel && seconds > 0) {
    let line = 0;
    setInterval(() => channel.send(SMALL_TALK[line++ % SMALL_TALK.length]).catch(failure => console.error(failure.message)), seconds * 1000);
  }
  console.log(`${client.user.username} is here`);
});

client.on(Events.MessageCreate, async message => {
  if (message.author.bot) return;
  if (/\btea\b|차/i.test(message.content)) await message.react('🍵');
  if (message.mentions.users.has(client.user.id)) await message.reply('At your service. Try /tea or /roll.');
});

client.on(Events.InteractionCreate, async interaction => {
  if (interaction.isButton()) {
    await interaction.reply(`${interaction.user.displayName} takes a cup.`);
  } else if (interaction.isChatInputCommand() && interaction.commandName === 'tea') {
    const kind = interaction.options.getString('kind', true);
    await interaction.reply({
      embeds: [new EmbedBuilder().setTitle(`${kind} tea`).setDescription(TEAS[kind])],
      components: [new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId('cup').setLabel('A cup, please').setStyle(ButtonStyle.Primary))],
    });
  } else if (interaction.isChatInputCommand() && interaction.commandName === 'roll') {
    const sides = interaction.options.getInteger('sides') ?? 6;
    await interaction.reply(`🎲 ${1 + Math.floor(Math.random() * sides)}`);
  }
});

client.on(Events.Error, failure => console.error(failure.message));
process.on('SIGTERM', () => client.destroy().finally(() => process.exit(0)));
await client.login(PARLEY_BOT_TOKEN);
