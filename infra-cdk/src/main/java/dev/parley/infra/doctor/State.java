package dev.parley.infra.doctor;

/** What became of a check. */
public enum State {
    /** It is there, and enough. */
    OK("ok"),

    /** It is not there. */
    MISSING("missing"),

    /** It is there in a version that is not enough. */
    TOO_OLD("too old"),

    /** There is less of it than is needed. */
    TOO_LITTLE("too little"),

    /** Somebody else has it. */
    TAKEN("taken"),

    /** It could not be looked at. */
    UNKNOWN("not checked");

    private final String title;

    State(String title) {
        this.title = title;
    }

    /** The word for people and for programs. */
    public String title() {
        return title;
    }
}
