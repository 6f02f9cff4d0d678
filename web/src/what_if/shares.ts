// Which runs of a question an instance of the engine takes next, and when the reader is told.

/** Some realizations of a side, which one instance runs. */
export interface Share { side: number; first: number; runs: number }

/** Pairs after which the first answer is told, and then at most so many more each time. */
export const kFirstPairs = 4;
const kMorePairs = 16;

/** What is to be run for a question of which the first instance has `had` of each side: pair by pair, so that early pairs are whole
 * early, and in larger shares once the first answer is out. */
export function shares_of(had: number[], wanted: number): Share[] {
  const shares: Share[] = [];
  for (let first = Math.min(...had); first < wanted;) {
    const runs = Math.min(first < kFirstPairs ? 1 : 2, wanted - first);
    had.forEach((has, side) => { if (first + runs > has) shares.push({ side, first: Math.max(first, has), runs: first + runs - Math.max(first, has) }); });
    first += runs;
  }
  return shares;
}

/** After how many pairs the reader is told next. looks: after how many they may be enough, if that is looked at. */
export function next_told(pairs: number, wanted: number, looks: number[] = []): number {
  const soon = Math.min(wanted, pairs < kFirstPairs ? kFirstPairs : pairs + Math.min(pairs, kMorePairs));
  return looks.length === 0 || soon < looks[0] ? soon : looks.find((look) => look > pairs) ?? wanted;
}
