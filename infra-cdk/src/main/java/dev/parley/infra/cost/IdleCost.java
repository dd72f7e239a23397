package dev.parley.infra.cost;

import java.util.List;

/**
 * What a deployment costs a month while nobody uses it: what is billed by the hour or the month, and not what is billed by the
 * request or the byte.
 *
 * @param items its parts, the most expensive ones first
 */
public record IdleCost(List<CostItem> items) {

    public IdleCost {
        items = List.copyOf(items);
    }

    /** US dollars a month. */
    public double total() {
        return items.stream().mapToDouble(CostItem::monthly).sum();
    }
}
