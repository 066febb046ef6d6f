/** What was measured of each subject, round by round. */
export type Measured<Subject, Value> = ReadonlyMap<Subject, readonly Value[]>;

/**
 * Measures every subject once a round, one straight after the other, so that what disturbs a round disturbs all. The
 * order turns from round to round: whoever came first would otherwise always meet the same conditions.
 */
export async function inRounds<Subject, Value>(
  rounds: number,
  subjects: readonly Subject[],
  measure: (subject: Subject) => Promise<Value>,
): Promise<Measured<Subject, Value>> {
  const measured = new Map<Subject, Value[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (const subject of turned(subjects, round)) measured.get(subject)?.push(await measure(subject));
  }
  return measured;
}

function turned<T>(list: readonly T[], by: number): readonly T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
