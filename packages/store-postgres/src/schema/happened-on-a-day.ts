/** Version 2: payments are found by the times of their intents and reports, for the comparison with a vendor's books. */
export const happenedOnADay = (schema: string): readonly string[] => [
  `create index intents_begun on ${schema}.intents (begun_at, position)`,
  // The vendor's own times: canonical ISO 8601 in UTC, whose text sorts as time does.
  `create index reports_happened on ${schema}.reports ((report ->> 'at') collate "C", position) where not is_unowned`,
]
