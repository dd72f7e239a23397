package dev.parley.local.load;

/** Which of two Regions is lost. */
enum LostRegion {
    /** The one with the database, in which events are put into order. */
    HOME,
    SECOND
}
