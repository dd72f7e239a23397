package dev.parley.catalog;

/** In how many Regions the system runs. */
public enum Regions {
    /** In one. */
    ONE,
    /** In two that share their users and guilds: each passes events on to the other (docs/regions.md). */
    TWO
}
