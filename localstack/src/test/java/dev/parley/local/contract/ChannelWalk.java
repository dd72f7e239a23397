package dev.parley.local.contract;

import dev.parley.local.client.People.Person;

/** Every operation of messages, reactions, pins, threads and search, once. */
final class ChannelWalk {

    private final Walk walk;
    private final String channel;
    private final Person owner;
    private final Person guest;

    ChannelWalk(Walk walk) {
        this.walk = walk;
        channel = walk.channel;
        owner = walk.owner;
        guest = walk.guest;
    }

    void run() {
        messages();
        reactions();
        pins();
        threads();
        walk.call("post " + channel + "/typing", owner);
        walk.call("get " + walk.guild + "/messages/search?content=searched", owner);
    }

    private String say(String content) {
        return walk.make("post " + channel + "/messages", owner, "{\"content\": \"" + content + "\"}");
    }

    private void messages() {
        String message = say("searched");
        String one = say("one");
        String two = say("two");
        walk.send("post " + channel + "/messages", owner, """
                {"content": "<@%s> an answer", "message_reference": {"message_id": "%s"}, "nonce": "1",
                 "embeds": [{"title": "title", "description": "text", "url": "https://example.com",
                             "fields": [{"name": "name", "value": "value", "inline": true}]}]}""".formatted(guest.id(), message));
        walk.call("get " + channel + "/messages?limit=10", owner);
        walk.call("get " + channel + "/messages/" + message, owner);
        walk.send("patch " + channel + "/messages/" + message, owner, "{\"content\": \"searched, edited\"}");
        walk.send("post " + channel + "/messages/bulk-delete", owner, """
                {"messages": ["%s", "%s"]}""".formatted(one, two));
        walk.call("delete " + channel + "/messages/" + say("short-lived"), owner);
        String news = walk.make("post " + walk.guild + "/channels", owner, "{\"name\": \"news\", \"type\": 5}");
        String published = walk.make("post /channels/" + news + "/messages", owner, "{\"content\": \"news\"}");
        walk.call("post /channels/" + news + "/messages/" + published + "/crosspost", owner);
    }

    private void reactions() {
        String reactions = channel + "/messages/" + say("react") + "/reactions";
        walk.call("put " + reactions + "/%F0%9F%91%8D/@me", owner);
        walk.call("put " + reactions + "/%F0%9F%91%8D/@me", guest);
        walk.call("get " + reactions + "/%F0%9F%91%8D", owner);
        walk.call("get " + channel + "/messages?limit=3", owner);
        walk.call("delete " + reactions + "/%F0%9F%91%8D/@me", owner);
        walk.call("delete " + reactions + "/%F0%9F%91%8D/" + guest.id(), owner);
        walk.call("put " + reactions + "/%F0%9F%8E%89/@me", owner);
        walk.call("delete " + reactions + "/%F0%9F%8E%89", owner);
        walk.call("delete " + reactions, owner);
    }

    private void pins() {
        String message = say("pinned");
        walk.call("put " + channel + "/messages/pins/" + message, owner);
        walk.call("get " + channel + "/messages/pins", owner);
        walk.call("get " + channel + "/pins", owner);
        walk.call("delete " + channel + "/messages/pins/" + message, owner);
        walk.call("put " + channel + "/pins/" + message, owner);
        walk.call("delete " + channel + "/pins/" + message, owner);
    }

    private void threads() {
        walk.send("post " + channel + "/messages/" + say("begins") + "/threads", owner, "{\"name\": \"begun\"}");
        String thread = walk.make("post " + channel + "/threads", owner, "{\"name\": \"public\", \"type\": 11}");
        String hidden = walk.make("post " + channel + "/threads", owner, "{\"name\": \"private\", \"type\": 12}");
        walk.call("get /channels/" + thread, owner);
        walk.send("post /channels/" + thread + "/messages", owner, "{\"content\": \"in a thread\"}");
        walk.call("get " + channel + "/messages?limit=5", owner);
        String members = "/channels/" + thread + "/thread-members";
        walk.call("put " + members + "/@me", guest);
        walk.call("get " + members, owner);
        walk.call("get " + members + "/" + guest.id() + "?with_member=true", owner);
        walk.call("delete " + members + "/@me", guest);
        walk.call("put " + members + "/" + guest.id(), owner);
        walk.call("delete " + members + "/" + guest.id(), owner);
        walk.call("get " + walk.guild + "/threads/active", owner);
        walk.send("patch /channels/" + thread, owner, "{\"archived\": true}");
        walk.send("patch /channels/" + hidden, owner, "{\"archived\": true}");
        walk.call("get " + channel + "/threads/archived/public", owner);
        walk.call("get " + channel + "/threads/archived/private", owner);
        walk.call("get " + channel + "/users/@me/threads/archived/private", owner);
        walk.call("get " + channel + "/threads/search?name=p", owner);
        walk.call("delete /channels/" + thread, owner);
    }
}
