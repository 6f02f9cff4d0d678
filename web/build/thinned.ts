import type { Position } from "geojson";

/** Douglas and Peucker (1973): the positions without which the line would be off by more than the tolerance, rounded. */
export function thinned(line: Position[], tolerance: number, decimals: number): Position[] {
  const kept = new Uint8Array(line.length), spans: [number, number][] = [[0, line.length - 1]];
  kept[0] = kept[line.length - 1] = 1;
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span, [ax, ay] = line[from], [bx, by] = line[to], length2 = (bx - ax) ** 2 + (by - ay) ** 2;
    let farthest = -1, most = tolerance;
    for (let i = from + 1; i < to; ++i) {
      const [x, y] = line[i], along = length2 > 0 ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0;
      const off = Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
      if (off > most) [farthest, most] = [i, off];
    }
    if (farthest >= 0) {
      kept[farthest] = 1;
      spans.push([from, farthest], [farthest, to]);
    }
  }
  return line.filter((_, i) => kept[i]).map((at) => at.map((v) => Number(v.toFixed(decimals))));
}
