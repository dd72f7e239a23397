package dev.parley.local.region;

import dev.parley.catalog.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One of two Regions is stopped while its users are in a guild with those of the other: it gets what it has missed when it is
 * back, and until then its users are served by the other. A Region that is lost with its database is {@code ./parley drill
 * region}.
 */
@Tag("nightly")
class RegionAwayTest extends WithTwoRegions {

    @Test
    void aRegionThatWasAwayGetsInOrderWhatItHasMissed() throws Exception {
        // Given
        RegionProcess home = regions.home();
        RegionProcess second = regions.second();
        SharedGuild guild = new SharedGuild(regions);
        List<RegionSession> sessions = guild.sessions();
        List<String> said =
                new ArrayList<>(guild.talk(guild.inSecond(), second, 3).call());
        SharedGuild.assertThatAllGot(sessions, said);
        regions.awaitEmptyQueues();

        // When the second Region is away while the first one talks
        second.stop();
        said.addAll(guild.talk(guild.atHome(), home, 4).call());

        // Then the first one's users notice nothing, and what the second one misses waits in the relay's queue alone
        List<RegionSession> here =
                sessions.stream().filter(session -> session.place() == home).toList();
        SharedGuild.assertThatAllGot(here, said);
        TwoRegions.await("nothing waits for the second Region", () -> home.depth(Queues.RELAY.name()) > 0);
        TwoRegions.await("events wait at home", () -> home.depth(Queues.EVENTS.name()) == 0);

        // When it is back, and its clients resume
        second.start();
        for (RegionSession session : sessions) {
            if (session.place() == second) {
                session.resume();
            }
        }
        said.addAll(guild.talk(guild.inSecond(), second, 5).call());

        // Then
        SharedGuild.assertThatAllGot(sessions, said);
        TwoRegions.await("events wait in the relay", () -> home.depth(Queues.RELAY.name()) == 0);
        sessions.forEach(RegionSession::close);
    }

    @Test
    void whatIsSaidWhileTheHomeRegionIsAwayReachesAllWhenItIsBack() throws Exception {
        // Given
        RegionProcess home = regions.home();
        SharedGuild guild = new SharedGuild(regions);
        List<RegionSession> sessions = guild.sessions();
        List<String> said = new ArrayList<>(guild.talk(guild.atHome(), home, 6).call());
        SharedGuild.assertThatAllGot(sessions, said);
        regions.awaitEmptyQueues();

        // When somebody in the second Region talks while nobody puts events into order
        home.stop();
        said.addAll(guild.talk(guild.inSecond(), regions.second(), 7).call());
        home.start();
        for (RegionSession session : sessions) {
            if (session.place() == home) {
                session.resume();
            }
        }

        // Then the outbox has kept it for all
        SharedGuild.assertThatAllGot(sessions, said);
        sessions.forEach(RegionSession::close);
    }

    @Test
    void usersOfARegionThatStopsTalkAgainInTheOther() throws Exception {
        // Given
        RegionProcess home = regions.home();
        RegionProcess second = regions.second();
        SharedGuild guild = new SharedGuild(regions);
        List<RegionSession> sessions = guild.sessions();
        List<String> said =
                new ArrayList<>(guild.talk(guild.inSecond(), second, 8).call());
        SharedGuild.assertThatAllGot(sessions, said);
        regions.awaitEmptyQueues();

        // When
        long stopped = System.nanoTime();
        second.stop();
        moveAll(sessions, second, home);

        // Then
        String first = guild.say(guild.inSecond(), home);
        for (RegionSession session : sessions) {
            session.awaitMessage(first);
        }
        print("the second Region stops", sessions, stopped);
        sessions.forEach(RegionSession::close);
        second.start();
    }

    @Test
    void usersOfAHomeRegionThatStopsTalkAgainWhenTheOtherIsTheHome() throws Exception {
        // Given
        RegionProcess home = regions.home();
        RegionProcess second = regions.second();
        SharedGuild guild = new SharedGuild(regions);
        List<RegionSession> sessions = guild.sessions();
        List<String> said = new ArrayList<>(guild.talk(guild.atHome(), home, 9).call());
        SharedGuild.assertThatAllGot(sessions, said);
        regions.awaitEmptyQueues();

        // When the second Region becomes the home, which a deployment does, and takes in the users of the first
        long stopped = System.nanoTime();
        home.stop();
        second.stop();
        second.startAs(true);
        moveAll(sessions, home, second);
        for (RegionSession session : sessions) {
            if (session.place() == second && session.user().equals(guild.inSecond())) {
                session.resume();
            }
        }

        // Then
        String first = guild.say(guild.atHome(), second);
        for (RegionSession session : sessions) {
            session.awaitMessage(first);
        }
        print("the home Region stops and the second one becomes the home", sessions, stopped);

        // When the first Region is the home again
        second.stop();
        home.start();
        second.startAs(false);
        for (RegionSession session : sessions) {
            session.resume();
        }

        // Then
        String last = guild.say(guild.atHome(), home);
        for (RegionSession session : sessions) {
            session.awaitMessage(last);
        }
        sessions.forEach(RegionSession::close);
    }

    /** All clients of a Region that does not answer go to the other at once, as DNS would lead them. */
    private static void moveAll(List<RegionSession> sessions, RegionProcess from, RegionProcess to) throws Exception {
        try (ExecutorService moving = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> moves = sessions.stream()
                    .filter(session -> session.place() == from)
                    .<Callable<Void>>map(session -> () -> {
                        session.moveTo(to);
                        return null;
                    })
                    .toList();
            for (Future<Void> move : moving.invokeAll(moves, TwoRegions.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                move.get();
            }
        }
    }

    private static void print(String what, List<RegionSession> sessions, long since) {
        System.out.printf(
                Locale.ROOT,
                "%s: all of %d clients talk again after %.1f s (one machine, the database stays)%n",
                what,
                sessions.size(),
                (System.nanoTime() - since) / 1e9);
    }
}
