// What happened in fact, for the sections whose numbers are of something else than who held what on the date of the map: a sentence each, of
// the observed data that the page has; "" of a war without any.
import { kBase } from "./catalogue";
import { last_upto } from "./clock";
import type { Story } from "./data";
import { capital, count, day, list, percent, plural, with_article } from "./format";
import { kinds_of } from "./report";
import type { Actor, DeathScore } from "./report";
import { span_of } from "./views/deaths";

/** Names of one kind that are spelled out. */
const kNamed = 3;

/** A place that one holder had, by the record's codes, and then another. */
interface Taking { date: string; from: string; by: string }

/** All changes of hands since the first day, those by way of a time in which a place was contested among them. */
export function takings(story: Story): Taking[] {
  return (story.data.record?.places ?? []).flatMap((spells) => {
    const held = spells.filter(([, , holder]) => holder !== "contested").map(([date, , holder]) => ({ date, by: story.code(holder) }));
    return held.slice(1).map(({ date, by }, i) => ({ date, by, from: held[i].by })).filter(({ from, by }) => from !== by);
  });
}

/** What the observed data count as one side, by its code, in a sentence: its strongest, and how many are counted with that. */
function coded(story: Story, code: string): string {
  const group = story.told_apart.find(([a]) => story.code(a.id) === code) ?? [], name = with_article(story.side(group[0]?.id ?? code).name);
  return group.length > 1 ? `${name} (counted with ${plural(group.length - 1, "other")})` : name;
}

const tally = (of: string[]): [string, number][] => [...of.reduce((n, x) => n.set(x, (n.get(x) ?? 0) + 1), new Map<string, number>())].sort(([, a], [, b]) => b - a);

/** "up to 31 December 2017", where the observed data that the page has end. */
const until = (story: Story): string => `up to ${day(story.data.record?.last ?? story.data.end)}`;

/** Whether the observed data end before the run, which leaves its last day open. */
const is_open = ({ data: { record, end } }: Story): boolean => record !== undefined && record !== null && record.last < end;

/** The sides that a table rates, by what the observed data tell apart. */
function rated_groups(story: Story): Actor[][] {
  return story.told_apart.filter((group) => group.some((a) => a.survival_probability !== null));
}

/** Who still held places when the observed data end, and since when the others held none. */
function who_held(story: Story): string {
  const groups = rated_groups(story), record = story.data.record, last_held = new Map<string, string>();
  for (const [, to, holder] of record?.places.flat() ?? []) {
    const code = story.code(holder);
    if (to > (last_held.get(code) ?? "")) last_held.set(code, to);
  }
  const held = (group: Actor[]): string => last_held.get(story.code(group[0].id)) ?? "";
  const gone = groups.filter((group) => held(group) < (record?.last ?? "")).sort((a, b) => (held(a) < held(b) ? -1 : 1));
  const which = groups.some((group) => group.length > 1) ? " sides of the observed data" : " sides";
  if (gone.length === 0) return `${groups.length === 2 ? "both" : `all ${groups.length}`}${which} still held places`;
  const ends = gone.map((group) => (held(group) === "" ? `${coded(story, story.code(group[0].id))} held none of the places of the model` : `${coded(story, story.code(group[0].id))} held none after ${day(held(group))}`));
  return `${groups.length - gone.length} of ${groups.length}${which} held places; ${list([...ends.slice(0, kNamed), ...(ends.length > kNamed ? [`${plural(ends.length - kNamed, "other")} held none either`] : [])])}`;
}

/** Of collapses: who held places to the end of the observed data. */
export function collapses_in_fact(story: Story): string {
  const { record } = story.data;
  return record ? `${is_open(story) ? `open after ${day(record.last)}; on that day` : `on ${day(record.last)}`} ${who_held(story)}.` : "";
}

/** Of each side's last day: who held most land when the observed data end. */
export function sides_in_fact(story: Story): string {
  const { record, dates } = story.data, date = record ? last_upto(dates, record.last) : -1;
  if (!record || date < 0) return "";
  const most = story.told_apart.map((group) => ({ group, share: story.group_share(group[0].id, date) ?? 0, model: group.reduce((sum, a) => sum + a.territory.mean[date], 0) }))
    .reduce((best, x) => (x.share > best.share ? x : best));
  const none = "The observed data count no fighters.", open = is_open(story) ? `open after ${day(record.last)}, when the observed data end. On that day` : `on ${day(dates[date])}`;
  return most.share > 0 ? `${open} ${coded(story, story.code(most.group[0].id))} held the most land, ${percent(most.share)} (in the model ${percent(most.model)}). ${none}`
    : `${is_open(story) ? `open after ${day(record.last)}, when the observed data end` : "they do not name who held nearly all places"}. ${none}`;
}

/** "account E"; of an account without a letter its title. */
const short_account = (story: Story, id: string): string => {
  const letter = story.data.accounts?.find((a) => a.id === id)?.letter;
  return id === kBase ? "the basic model" : letter ? `account ${letter}` : `“${story.account_name(id)}”`;
};

/** Of the accounts: the side that they differ most about on the last day with observed data for which they are kept, and what it held. */
export function accounts_in_fact(story: Story): string {
  const { record, dates, account_dates = [], end } = story.data;
  if (!record) return "";
  const date = account_dates.filter((i) => dates[i] <= record.last && story.observed(i) !== undefined).pop();
  const { what_ifs } = kinds_of(story.mapped), compared = story.mapped.filter((a) => !what_ifs.includes(a));
  if (date === undefined || date === 0 || compared.length < 2) return `not known of the days for which the accounts' numbers are kept; the observed data end on ${day(record.last)}.`;
  const lands = story.told_apart.map((group) => {
    const by = compared.map((a) => ({ id: a.id, land: group.reduce((sum, x) => sum + story.land_under(a.id, x, date).mean, 0) })).sort((a, b) => a.land - b.land);
    return { group, least: by[0], most: by[by.length - 1] };
  });
  const { group, least, most } = lands.reduce((best, x) => (x.most.land - x.least.land > best.most.land - best.least.land ? x : best));
  const by = ({ id, land }: { id: string; land: number }): string => `${percent(land)} by ${short_account(story, id)}`;
  return `on ${day(dates[date])} ${coded(story, story.code(group[0].id))} held ${percent(story.group_share(group[0].id, date))} of the land. On no side do the accounts differ more for that day: ${by(least)}, ${by(most)}.${
    record.last < end ? " What they say of later days is open." : ""}`;
}

/** Of whom a command fights: from whom those whom the observed data do not tell from it took places. */
export function targets_in_fact(story: Story, command: string): string {
  if (!story.data.record) return "";
  const members = story.members(command).filter((a) => a.kind === "ground"), codes = new Set(members.map((a) => story.code(a.id)));
  const unseen = "effort is not in the observed data";
  if (members.length === 0) return `${unseen}, and aircraft take no place.`;
  const groups = story.told_apart.filter(([a]) => codes.has(story.code(a.id))), is_whole = groups.flat().every((a) => members.includes(a));
  const who = is_whole ? "this command" : list(groups.map((group) => coded(story, story.code(group[0].id))));
  const from = tally(takings(story).filter(({ by, from: whose }) => codes.has(by) && !codes.has(whose)).map(({ from: whose }) => whose));
  const all = from.reduce((sum, [, n]) => sum + n, 0), rest = from.slice(kNamed).reduce((sum, [, n]) => sum + n, 0);
  if (all === 0) return `${unseen}. ${capital(who)} took no place from others ${until(story)}.`;
  const parts = from.slice(0, kNamed).map(([code, n]) => `${n} from ${coded(story, code)}`);
  return `${unseen}. ${capital(until(story))} ${who} took ${plural(all, "place")}: ${list([...parts, ...(rest > 0 ? [`${rest} from others`] : [])])}.`;
}

/** The dead of all pairs of sides in the last span for which the package scores forecasts of deaths: a forecast of none is off by as many. */
function dead({ data: { record } }: Story): { row: DeathScore; dead: number } | undefined {
  const rows = (record?.deaths ?? []).filter((r) => r.model === "zero" && r.score === "crps"), row = rows.reduce<DeathScore | undefined>((last, r) => (last && last.to >= r.to ? last : r), undefined);
  return row && { row, dead: row.value * row.pairs * row.months };
}

/** Of who fights whom: how many were killed, by what the package has, and from whom places were taken most often. */
export function fights_in_fact(story: Story): string {
  if (!story.data.record) return "";
  const known = dead(story), all = takings(story), pairs = tally(all.map(({ from, by }) => JSON.stringify([from, by])));
  const killed = known ? `the package's scores of deaths count about ${count(known.dead)} fighters killed in ${span_of(known.row)}, in ${plural(known.row.pairs, "pair")} of sides; the dead of each pair are not in its data.`
    : "the dead are not in the package's data.";
  if (pairs.length === 0) return `${killed} No place changed hands ${until(story)}.`;
  const [[most, n]] = pairs, [from, by] = JSON.parse(most) as [string, string];
  return `${killed} Places changed hands ${all.length === 1 ? "once" : `${all.length} times`} ${until(story)}, ${n === all.length ? "always" : `most often (${n})`} from ${coded(story, from)} to ${coded(story, by)}.`;
}
