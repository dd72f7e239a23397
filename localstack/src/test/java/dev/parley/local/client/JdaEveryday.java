package dev.parley.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.EmbedBuilder;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.audit.ActionType;
import net.dv8tion.jda.api.audit.AuditLogEntry;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Icon;
import net.dv8tion.jda.api.entities.Invite;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.Webhook;
import net.dv8tion.jda.api.entities.channel.concrete.Category;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.emoji.Emoji;
import net.dv8tion.jda.api.entities.emoji.RichCustomEmoji;
import net.dv8tion.jda.api.events.channel.ChannelCreateEvent;
import net.dv8tion.jda.api.events.channel.ChannelDeleteEvent;
import net.dv8tion.jda.api.events.channel.update.ChannelUpdateArchivedEvent;
import net.dv8tion.jda.api.events.channel.update.ChannelUpdateTopicEvent;
import net.dv8tion.jda.api.events.emoji.EmojiAddedEvent;
import net.dv8tion.jda.api.events.emoji.EmojiRemovedEvent;
import net.dv8tion.jda.api.events.emoji.update.EmojiUpdateNameEvent;
import net.dv8tion.jda.api.events.guild.GuildAuditLogEntryCreateEvent;
import net.dv8tion.jda.api.events.guild.GuildBanEvent;
import net.dv8tion.jda.api.events.guild.GuildUnbanEvent;
import net.dv8tion.jda.api.events.guild.invite.GuildInviteCreateEvent;
import net.dv8tion.jda.api.events.guild.member.GuildMemberJoinEvent;
import net.dv8tion.jda.api.events.guild.member.GuildMemberRemoveEvent;
import net.dv8tion.jda.api.events.guild.member.GuildMemberRoleAddEvent;
import net.dv8tion.jda.api.events.guild.member.update.GuildMemberUpdateNicknameEvent;
import net.dv8tion.jda.api.events.guild.member.update.GuildMemberUpdateTimeOutEvent;
import net.dv8tion.jda.api.events.guild.override.PermissionOverrideCreateEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.message.MessageBulkDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionAddEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionRemoveAllEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionRemoveEvent;
import net.dv8tion.jda.api.events.role.RoleCreateEvent;
import net.dv8tion.jda.api.events.role.update.RoleUpdateNameEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import org.assertj.core.util.Throwables;

/** What JDA bots do every day, one step after the other, in the one guild of a bot that administers it. */
final class JdaEveryday implements Runnable {

    private static final Emoji THUMB = Emoji.fromUnicode("👍");

    private final JDA jda;
    private final JdaEvents events;
    private final BotLines lines;

    @SuppressWarnings("NullAway.Init") // the first step
    private Guild guild;

    @SuppressWarnings("NullAway.Init") // the first step
    private Member friend;

    @SuppressWarnings("NullAway.Init") // the first step
    private Member stranger;

    @SuppressWarnings("NullAway.Init") // step "roles"
    private Role role;

    @SuppressWarnings("NullAway.Init") // step "channels"
    private TextChannel channel;

    @SuppressWarnings("NullAway.Init") // step "send"
    private Message message;

    JdaEveryday(JDA jda, JdaEvents events, BotLines lines) {
        this.jda = jda;
        this.events = events;
        this.lines = lines;
    }

    @FunctionalInterface
    private interface Step {

        void run() throws Exception;
    }

    @Override
    public void run() {
        step("invite", this::invite);
        step("roles", this::roles);
        step("channels", this::channels);
        step("send", this::send);
        step("edit", this::edit);
        step("read", this::read);
        step("react", this::react);
        step("thread", this::thread);
        step("pin", this::pin);
        step("webhook", this::webhook);
        step("emoji", this::emoji);
        step("timeout", this::timeout);
        step("ban", this::ban);
        step("audit", this::audit);
        step("delete", this::delete);
        step("file", this::file);
        step("search", this::search);
        step("command", this::command);
    }

    private void step(String name, Step step) {
        try {
            step.run();
            lines.add("ok " + name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            lines.add("error " + name + " " + Throwables.getStackTrace(e));
        }
    }

    private void invite() throws InterruptedException {
        events.await(ReadyEvent.class);
        guild = jda.getGuilds().getFirst();
        TextChannel first = guild.getTextChannels().getFirst();
        Invite invite = first.createInvite()
                .setMaxAge(3600)
                .setMaxUses(2)
                .reason("for two")
                .complete();
        assertThat(events.await(GuildInviteCreateEvent.class).getCode()).isEqualTo(invite.getCode());
        assertThat(guild.retrieveInvites().complete())
                .extracting(Invite::getCode)
                .contains(invite.getCode());
        lines.add("invite " + invite.getCode());
        friend = events.await(GuildMemberJoinEvent.class).getMember();
        stranger = events.await(GuildMemberJoinEvent.class).getMember();
        assertThat(guild.loadMembers().get()).hasSize(4).contains(friend, stranger);
    }

    private void roles() throws InterruptedException {
        role = guild.createRole()
                .setName("readers")
                .setColor(0x3366ff)
                .setHoisted(true)
                .setMentionable(true)
                .setPermissions(Permission.VIEW_CHANNEL, Permission.MESSAGE_SEND)
                .reason("somebody has to read")
                .complete();
        assertThat(events.await(RoleCreateEvent.class, event -> event.getRole().equals(role))
                        .getRole()
                        .getColors()
                        .getPrimaryRaw())
                .isEqualTo(0x3366ff);
        role.getManager().setName("helpers").complete();
        events.await(RoleUpdateNameEvent.class, event -> event.getNewName().equals("helpers"));
        guild.addRoleToMember(friend, role).reason("helps").complete();
        events.await(GuildMemberRoleAddEvent.class, event -> event.getRoles().contains(role));
        assertThat(guild.getMembersWithRoles(role)).containsExactly(friend);
    }

    private void channels() throws InterruptedException {
        Category category = guild.createCategory("Rooms").complete();
        channel = guild.createTextChannel("staff-room", category)
                .setTopic("for helpers")
                .addPermissionOverride(guild.getPublicRole(), List.of(), List.of(Permission.VIEW_CHANNEL))
                .addPermissionOverride(role, List.of(Permission.VIEW_CHANNEL, Permission.MESSAGE_SEND), List.of())
                .reason("quiet")
                .complete();
        events.await(ChannelCreateEvent.class, event -> event.getChannel().equals(channel));
        assertThat(channel.getParentCategory()).isEqualTo(category);
        assertThat(friend.hasAccess(channel)).isTrue();
        assertThat(stranger.hasAccess(channel)).isFalse();
        channel.upsertPermissionOverride(friend)
                .deny(Permission.MESSAGE_ATTACH_FILES)
                .complete();
        events.await(PermissionOverrideCreateEvent.class, event -> friend.equals(event.getMember()));
        assertThat(friend.hasPermission(channel, Permission.MESSAGE_ATTACH_FILES))
                .isFalse();
        channel.getManager().setTopic("for helpers only").complete();
        events.await(ChannelUpdateTopicEvent.class, event -> "for helpers only".equals(event.getNewValue()));
        TextChannel spare = guild.createTextChannel("spare").complete();
        spare.delete().reason("not needed").complete();
        events.await(ChannelDeleteEvent.class, event -> event.getChannel().equals(spare));
    }

    private void send() throws InterruptedException {
        message = channel.sendMessage("an everyday mesage")
                .addEmbeds(new EmbedBuilder()
                        .setTitle("Title")
                        .setDescription("What it says")
                        .addField("n", "v", false)
                        .build())
                .complete();
        said("an everyday mesage");
        assertThat(message.getEmbeds().getFirst().getFields().getFirst().getValue())
                .isEqualTo("v");
        Message reply =
                message.reply("and a reply for " + friend.getAsMention()).complete();
        assertThat(Objects.requireNonNull(reply.getReferencedMessage()).getId()).isEqualTo(message.getId());
        assertThat(reply.getMentions().getUsers()).contains(friend.getUser());
        channel.sendTyping().complete();
    }

    private void edit() throws InterruptedException {
        message.editMessage("an everyday message").complete();
        Message edited = events.await(
                        MessageUpdateEvent.class,
                        event -> event.getMessage().getContentRaw().equals("an everyday message"))
                .getMessage();
        assertThat(edited.isEdited()).isTrue();
        assertThat(edited.getEmbeds()).hasSize(1);
    }

    private void read() {
        assertThat(channel.getHistory().retrievePast(2).complete().getLast()).isEqualTo(message);
        assertThat(channel.retrieveMessageById(message.getId()).complete().getContentRaw())
                .isEqualTo("an everyday message");
    }

    private void react() throws InterruptedException {
        message.addReaction(THUMB).complete();
        events.await(MessageReactionAddEvent.class, event -> event.getMessageIdLong() == message.getIdLong());
        assertThat(message.retrieveReactionUsers(THUMB).complete()).contains(jda.getSelfUser());
        message.removeReaction(THUMB).complete();
        events.await(MessageReactionRemoveEvent.class);
        message.addReaction(Emoji.fromUnicode("🎉")).complete();
        events.await(MessageReactionAddEvent.class);
        message.clearReactions().complete();
        events.await(MessageReactionRemoveAllEvent.class);
    }

    private void thread() throws InterruptedException {
        ThreadChannel thread = message.createThreadChannel("aside")
                .setAutoArchiveDuration(ThreadChannel.AutoArchiveDuration.TIME_1_HOUR)
                .reason("aside")
                .complete();
        // No event of JDA's own if it has the thread from the answer already.
        events.awaitRaw("THREAD_CREATE");
        thread.sendMessage("by the way").complete();
        said("by the way");
        thread.addThreadMember(friend).complete();
        assertThat(thread.retrieveThreadMembers().complete())
                .anyMatch(member -> member.getIdLong() == friend.getIdLong());
        assertThat(guild.retrieveActiveThreads().complete())
                .extracting(ThreadChannel::getId)
                .containsExactly(thread.getId());
        thread.getManager().setArchived(true).reason("said").complete();
        events.await(
                ChannelUpdateArchivedEvent.class, event -> event.getChannel().equals(thread));
        assertThat(channel.retrieveArchivedPublicThreadChannels().complete())
                .extracting(ThreadChannel::getId)
                .containsExactly(thread.getId());
        ThreadChannel alone = channel.createThreadChannel("private talk", true).complete();
        alone.delete().complete();
        events.await(ChannelDeleteEvent.class, event -> event.getChannel().equals(alone));
    }

    private void pin() throws InterruptedException {
        message.pin().reason("worth it").complete();
        events.awaitRaw("CHANNEL_PINS_UPDATE");
        assertThat(channel.retrievePinnedMessages().complete())
                .extracting(pinned -> pinned.getMessage().getId())
                .containsExactly(message.getId());
        message.unpin().complete();
        assertThat(channel.retrievePinnedMessages().complete()).isEmpty();
    }

    private void webhook() throws InterruptedException {
        Webhook webhook = channel.createWebhook("crier").reason("news").complete();
        events.awaitRaw("WEBHOOKS_UPDATE");
        Message news = webhook.sendMessage("news").setUsername("town crier").complete();
        Message heard = said("news");
        assertThat(heard.isWebhookMessage()).isTrue();
        assertThat(heard.getAuthor().getName()).isEqualTo("town crier");
        assertThat(webhook.editMessageById(news.getId(), "old news").complete().getContentRaw())
                .isEqualTo("old news");
        assertThat(guild.retrieveWebhooks().complete()).contains(webhook);
        webhook.deleteMessageById(news.getId()).complete();
        webhook.delete().reason("no more news").complete();
    }

    private void emoji() throws InterruptedException {
        RichCustomEmoji dot =
                guild.createEmoji("dot", Icon.from(Pictures.png())).complete();
        events.await(EmojiAddedEvent.class);
        message.addReaction(dot).complete();
        events.await(MessageReactionAddEvent.class, event -> event.getEmoji().equals(dot));
        dot.getManager().setName("spot").complete();
        events.await(EmojiUpdateNameEvent.class, event -> event.getNewName().equals("spot"));
        dot.delete().complete();
        events.await(EmojiRemovedEvent.class);
    }

    private void timeout() throws InterruptedException {
        stranger.timeoutFor(Duration.ofMinutes(1)).reason("too loud").complete();
        events.await(GuildMemberUpdateTimeOutEvent.class, event -> event.getNewTimeOutEnd() != null);
        assertThat(stranger.isTimedOut()).isTrue();
        stranger.removeTimeout().complete();
        events.await(GuildMemberUpdateTimeOutEvent.class, event -> event.getNewTimeOutEnd() == null);
        stranger.modifyNickname("stranger").complete();
        events.await(GuildMemberUpdateNicknameEvent.class, event -> "stranger".equals(event.getNewNickname()));
    }

    private void ban() throws InterruptedException {
        guild.ban(stranger, 1, TimeUnit.HOURS).reason("spam").complete();
        events.await(GuildBanEvent.class, event -> event.getUser().equals(stranger.getUser()));
        events.await(GuildMemberRemoveEvent.class, event -> event.getUser().equals(stranger.getUser()));
        AuditLogEntry entry = events.await(
                        GuildAuditLogEntryCreateEvent.class,
                        event -> event.getEntry().getType() == ActionType.BAN)
                .getEntry();
        assertThat(entry.getReason()).isEqualTo("spam");
        assertThat(entry.getTargetId()).isEqualTo(stranger.getId());
        assertThat(guild.retrieveBan(stranger).complete().getReason()).isEqualTo("spam");
        assertThat(guild.retrieveBanList().complete()).hasSize(1);
        guild.unban(stranger).reason("sorry").complete();
        events.await(GuildUnbanEvent.class, event -> event.getUser().equals(stranger.getUser()));
        assertThat(guild.retrieveBanList().cache(false).complete()).isEmpty();
    }

    private void audit() {
        List<AuditLogEntry> bans =
                guild.retrieveAuditLogs().type(ActionType.BAN).complete();
        assertThat(bans).extracting(AuditLogEntry::getTargetId).containsExactly(stranger.getId());
        assertThat(Objects.requireNonNull(bans.getFirst().getUser())).isEqualTo(jda.getSelfUser());
        assertThat(guild.retrieveAuditLogs().type(ActionType.CHANNEL_CREATE).complete())
                .anyMatch(entry ->
                        entry.getTargetId().equals(channel.getId()) && Objects.equals(entry.getReason(), "quiet"));
        assertThat(guild.retrieveAuditLogs().limit(100).complete()).hasSizeGreaterThan(15);
    }

    private void delete() throws InterruptedException {
        Message one = channel.sendMessage("one").complete();
        List<Message> more = List.of(
                channel.sendMessage("two").complete(),
                channel.sendMessage("three").complete());
        channel.deleteMessages(more).complete();
        assertThat(events.await(MessageBulkDeleteEvent.class).getMessageIds())
                .containsExactlyInAnyOrderElementsOf(
                        more.stream().map(Message::getId).toList());
        assertThat(channel.getHistory().retrievePast(1).complete()).containsExactly(one);
        one.delete().complete();
        events.await(MessageDeleteEvent.class, event -> event.getMessageIdLong() == one.getIdLong());
    }

    private void file() throws Exception {
        byte[] bytes = new byte[10_000_000];
        new Random(3).nextBytes(bytes);
        channel.sendFiles(FileUpload.fromData(bytes, "ten.bin").setDescription("ten megabytes"))
                .complete();
        Message.Attachment file = events.await(
                        MessageReceivedEvent.class,
                        event -> !event.getMessage().getAttachments().isEmpty())
                .getMessage()
                .getAttachments()
                .getFirst();
        assertThat(file.getSize()).isEqualTo(bytes.length);
        assertThat(file.getDescription()).isEqualTo("ten megabytes");
        try (var download = file.getProxy().download().get(20, TimeUnit.SECONDS)) {
            assertThat(download.readAllBytes()).isEqualTo(bytes);
        }
    }

    /** JDA has no method for it, so this is how it calls what it does not know. */
    private void search() {
        Route.CompiledRoute route = Route.get("guilds/{guild_id}/messages/search")
                .compile(guild.getId())
                .withQueryParams(
                        "content", "everyday", "author_id", jda.getSelfUser().getId());
        DataObject found =
                new RestActionImpl<DataObject>(jda, route, (response, request) -> response.getObject()).complete();
        assertThat(found.getInt("total_results")).isEqualTo(1);
        assertThat(found.getArray("messages").getArray(0).getObject(0).getString("id"))
                .isEqualTo(message.getId());
    }

    private void command() throws InterruptedException {
        guild.upsertCommand("greet", "Greets somebody")
                .addOption(OptionType.USER, "who", "whom", true)
                .complete();
        assertThat(guild.retrieveCommands().complete()).hasSize(1);
        lines.add("registered " + guild.getId() + " " + channel.getId());
        SlashCommandInteractionEvent used = events.await(SlashCommandInteractionEvent.class);
        Member who = Objects.requireNonNull(used.getOption("who", option -> option.getAsMember()));
        used.reply("hello " + who.getEffectiveName()).complete();
        assertThat(used.getHook().retrieveOriginal().complete().getContentRaw()).startsWith("hello ");
    }

    private Message said(String content) throws InterruptedException {
        return events.await(
                        MessageReceivedEvent.class,
                        event -> event.getMessage().getContentRaw().equals(content))
                .getMessage();
    }
}
