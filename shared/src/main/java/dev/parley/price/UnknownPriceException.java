package dev.parley.price;

/** Something is billed, and the price list does not have it. */
public final class UnknownPriceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownPriceException(String key) {
        super("The price list has no '" + key + "'. Add it to prices.json with its source.");
    }
}
