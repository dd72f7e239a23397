package dev.parley.infra.cost;

/**
 * A part of what a deployment costs while nobody uses it.
 *
 * @param service the AWS service that bills it
 * @param what how many of what, for people
 * @param monthly US dollars a month
 */
public record CostItem(String service, String what, double monthly) {}
