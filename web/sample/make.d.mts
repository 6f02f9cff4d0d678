export function makeSample(world?: unknown): unknown;
export function fill(template: string, data: unknown): string;
