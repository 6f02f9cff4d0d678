export function makeScores(): unknown;
export function makeComparison(): unknown;
