// A discord.js bot with slash commands, a button and a webhook, as anybody would write it. It prints a line for each thing that
// happens. Environment: BASE_URL (without version), TOKEN.
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  GatewayIntentBits,
  MessageFlags,
  ModalBuilder,
  Routes,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
  WebhookClient,
} from 'discord.js';

const rest = { api: `${process.env.BASE_URL}/api`, version: '10' };
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest });

const commands = [
  new SlashCommandBuilder()
    .setName('greet')
    .setDescription('Greets somebody')
    .addUserOption((option) => option.setName('who').setDescription('whom to greet').setRequired(true))
    .addStringOption((option) => option.setName('how').setDescription('with which word').setAutocomplete(true)),
  new SlashCommandBuilder().setName('slow').setDescription('Thinks before it answers'),
  new SlashCommandBuilder().setName('secret').setDescription('Tells you alone'),
  new SlashCommandBuilder().setName('button').setDescription('Shows a button'),
  new SlashCommandBuilder().setName('form').setDescription('Asks back'),
  new SlashCommandBuilder().setName('hook').setDescription('Says something through a webhook'),
];

async function answer(interaction) {
  switch (interaction.commandName) {
    case 'greet': {
      const word = interaction.options.getString('how') ?? 'hello';
      return interaction.reply(`${word} ${interaction.options.getUser('who').username}`);
    }
    case 'slow':
      await interaction.deferReply();
      await interaction.editReply('thought about it');
      return interaction.followUp('and there is more');
    case 'secret': {
      await interaction.reply({ content: 'only for you', flags: MessageFlags.Ephemeral });
      const reply = await interaction.fetchReply();
      console.log(`secret ${reply.content}`);
      return interaction.editReply('still only for you');
    }
    case 'button': {
      const row = new ActionRowBuilder().addComponents(
        new ButtonBuilder().setCustomId('press').setLabel('Press').setStyle(ButtonStyle.Primary),
      );
      return interaction.reply({ content: 'press it', components: [row] });
    }
    case 'form': {
      const input = new TextInputBuilder().setCustomId('color').setLabel('Color').setStyle(TextInputStyle.Short);
      const modal = new ModalBuilder()
        .setCustomId('colors')
        .setTitle('Colors')
        .addComponents(new ActionRowBuilder().addComponents(input));
      return interaction.showModal(modal);
    }
    case 'hook': {
      await interaction.reply('hooking');
      const channel = await client.channels.fetch(interaction.channelId);
      const made = await channel.createWebhook({ name: 'town crier' });
      const webhook = new WebhookClient({ id: made.id, token: made.token }, { rest });
      const message = await webhook.send({ content: 'hear ye', username: 'crier' });
      await webhook.editMessage(message.id, 'hear ye all');
      const listed = await channel.fetchWebhooks();
      console.log(`hooked ${message.author.username} ${listed.size}`);
      return webhook.deleteMessage(message.id);
    }
  }
}

client.on('interactionCreate', async (interaction) => {
  try {
    if (interaction.isChatInputCommand()) await answer(interaction);
    if (interaction.isButton()) await interaction.update({ content: 'pressed', components: [] });
    if (interaction.isModalSubmit()) await interaction.reply(`so ${interaction.fields.getTextInputValue('color')}`);
    if (interaction.isAutocomplete()) {
      const begun = interaction.options.getFocused();
      await interaction.respond(['hello', 'hi', 'welcome'].filter((word) => word.startsWith(begun)).map((word) => ({ name: word, value: word })));
    }
    console.log(`done ${interaction.commandName ?? interaction.customId}`);
  } catch (error) {
    console.log(`error ${error.message}`);
  }
});

client.once('clientReady', async () => {
  const guild = client.guilds.cache.first();
  const registered = await client.rest.put(Routes.applicationGuildCommands(client.user.id, guild.id), {
    body: commands.map((command) => command.toJSON()),
  });
  console.log(`registered ${registered.length}`);
});

client.on('error', (error) => console.log(`error ${error.message}`));

process.stdin.on('end', () => client.destroy().then(() => process.exit(0)));
process.stdin.resume();

await client.login(process.env.TOKEN);
