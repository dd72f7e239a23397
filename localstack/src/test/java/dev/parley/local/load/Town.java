package dev.parley.local.load;

import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Users and the guilds they are in. Passwords are slow on purpose, so a few users stand for many: each has several sessions,
 * as somebody with a telephone and two computers has.
 *
 * @param guildsOf the guilds of each user, by the places of both lists
 */
record Town(List<Person> users, List<Place> guilds, List<List<Integer>> guildsOf) {

    private static final int AT_ONCE = 4;

    /**
     * Builds a town in which user {@code u} is in the guilds {@code u}, {@code u + 1} and so on, going around.
     *
     * @param guildsEach guilds that each user is in, at most the number of guilds
     */
    static Town build(RestClient rest, int users, int guilds, int guildsEach) {
        People people = new People(rest);
        try (ExecutorService builders =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Person> residents = all(builders, IntStream.range(0, users).mapToObj(u -> people::user));
            List<List<Integer>> guildsOf = IntStream.range(0, users)
                    .mapToObj(u -> IntStream.range(0, guildsEach)
                            .mapToObj(i -> (u + i) % guilds)
                            .toList())
                    .toList();
            List<Place> places = all(builders, IntStream.range(0, guilds).mapToObj(g -> () -> {
                List<Person> members = new ArrayList<>();
                for (int u = 0; u < users; u++) {
                    if (guildsOf.get(u).contains(g)) {
                        members.add(residents.get(u));
                    }
                }
                Person owner = members.getFirst();
                Place place = people.guild(owner);
                people.join(place, owner, members.subList(1, members.size()));
                return place;
            }));
            return new Town(residents, places, guildsOf);
        }
    }

    /** The channels that a user can write to. */
    List<Long> channelsOf(int user) {
        return guildsOf.get(user).stream()
                .map(guild -> Long.parseLong(guilds.get(guild).channelId()))
                .toList();
    }

    /** Somebody who is in a guild. */
    Person memberOf(int guild) {
        for (int user = 0; user < users.size(); user++) {
            if (guildsOf.get(user).contains(guild)) {
                return users.get(user);
            }
        }
        throw new IllegalArgumentException("Nobody is in guild " + guild);
    }

    /** Whether a user is in a guild. */
    boolean hears(Person user, int guild) {
        return guildsOf.get(users.indexOf(user)).contains(guild);
    }

    private static <T> List<T> all(ExecutorService builders, java.util.stream.Stream<Supplier<T>> work) {
        List<CompletableFuture<T>> begun =
                work.map(task -> CompletableFuture.supplyAsync(task, builders)).toList();
        return begun.stream().map(CompletableFuture::join).toList();
    }
}
