package dev.parley.local.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Users of two Regions that are both there are in one guild: what happens in one Region is known in the other. */
class TwoRegionsTest extends WithTwoRegions {

    @Test
    void sessionsOfBothRegionsGetEveryMessageOnceInOneOrder() throws Exception {
        // Given
        SharedGuild guild = new SharedGuild(regions);
        List<RegionSession> sessions = guild.sessions();

        // When both sides talk at once
        try (ExecutorService talking = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> said = talking.invokeAll(
                    List.of(
                            guild.talk(guild.atHome(), regions.home(), 1),
                            guild.talk(guild.inSecond(), regions.second(), 2)),
                    TwoRegions.PATIENCE.toSeconds(),
                    TimeUnit.SECONDS);
            List<String> all = new ArrayList<>();
            for (Future<List<String>> side : said) {
                all.addAll(side.get());
            }

            // Then
            SharedGuild.assertThatAllGot(sessions, all);
        }
        sessions.forEach(RegionSession::close);
    }

    @Test
    void aTokenThatIsRevokedInOneRegionEndsItsSessionsInTheOther() {
        for (RegionProcess here : regions.both()) {
            // Given a session in the other Region, which knows its token
            RegionProcess there = here == regions.home() ? regions.second() : regions.home();
            Person user = new SharedGuild(regions).atHome();
            RegionSession session = new RegionSession(there, user);
            RestClient restThere = new RestClient(there.baseUrl());
            restThere.get("/users/@me", user.token()).expect(200);

            // When
            new RestClient(here.baseUrl())
                    .post("/auth/logout", user.token(), null)
                    .expect(204);

            // Then it ends for good, and the token is refused before the cache would have forgotten it
            assertThat(session.client().awaitOp(9).path("d").asBoolean(true)).isFalse();
            assertThat(restThere.get("/users/@me", user.token()).status()).isEqualTo(401);
            session.close();
        }
    }

    @Test
    void whoIsBannedInOneRegionHearsNothingMoreOfTheGuildInTheOther() throws Exception {
        // Given
        SharedGuild guild = new SharedGuild(regions);
        RegionSession banned = new RegionSession(regions.second(), guild.inSecond());
        RegionSession witness = new RegionSession(regions.second(), guild.atHome());
        RestClient rest = new RestClient(regions.home().baseUrl());
        People people = new People(rest);

        // When
        rest.send(
                        "PUT",
                        "/guilds/" + guild.place().guildId() + "/bans/"
                                + guild.inSecond().id(),
                        guild.atHome().token(),
                        Map.of())
                .expect(204);
        banned.client().awaitDispatch("GUILD_DELETE");
        people.say(guild.atHome(), guild.place().channelId(), "they are gone");
        people.say(guild.atHome(), guild.place().channelId(), "indeed");

        // Then: what others of the Region have, a session has in the same step
        witness.receive(2);
        assertThat(banned.client().frames())
                .noneMatch(frame -> frame.path("t").asText().equals("MESSAGE_CREATE"));
        banned.close();
        witness.close();
    }
}
