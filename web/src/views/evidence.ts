// What the parameters rest on: claims of sources beside the numbers they support, with search.
import type { Story } from "../data";
import { h, is_phone, rows_in } from "../dom";
import { tools } from "../figure";
import { capital, exact, plural } from "../format";
import { named } from "../links";
import { path_words } from "../paths";
import type { Claim, Conflict, Report } from "../report";
import type { State } from "../state";
import { basis_link } from "./events";

type Part = "claims" | "numbers" | "conflicts";

/** Rows shown before more are asked for. */
const kPage: Record<Part, number> = { claims: 12, numbers: 12, conflicts: 3 }, kPhonePage: Record<Part, number> = { claims: 2, numbers: 2, conflicts: 1 };
/** Numbers named under the claim they rest on. */
const kRests = 4;
const kKinds: Record<string, string> = {
  claim: "on claims of sources", source: "on published data", assumed: "on assumptions", default: "on defaults",
};

/** "10,000 to 30,000 fighters" of a claim; "" if it has no number. */
function amount(claim: Claim): string {
  const ends = [claim.low, claim.high].filter((x) => x !== null && x !== "")
    .map((x) => (Number(x) >= 1000 ? exact(Number(x)) : String(x)));
  return ends.length === 0 ? "" : `${[...new Set(ends)].join(" to ")} ${claim.unit}`.trim();
}

/** How many of the scenario's numbers rest on what. */
function basis_bar(counts: Report["basis_counts"]): HTMLElement {
  const kinds = Object.entries(counts);
  return h("div", { class: "counts" },
    h("div", { class: "count-bar", "aria-hidden": "true" },
      ...kinds.map(([kind, n]) => h("i", { class: `basis-${kind}`, style: `flex-grow:${n}` }))),
    h("p", { class: "note" }, "The scenario's parameters rest ",
      ...kinds.map(([kind, n], i) =>
        h("span", {}, i > 0 ? ", " : "", h("i", { class: `dot basis-${kind}` }), `${kKinds[kind] ?? kind} (${exact(n)})`)),
      ". One that rests on two kinds counts twice; what accounts set is not counted."));
}

function basis_figure(story: Story): HTMLElement {
  const bar = basis_bar(story.data.basis_counts);
  return h("div", {}, bar, tools({ name: "basis", title: "What the parameters rest on", data: story.data, picture: () => bar,
    table: () => ({ heads: ["basis", "parameters"], rows: Object.entries(story.data.basis_counts) }) }));
}

/** By claim, the paths of the numbers that rest on it. */
function rests_on_claims({ numbers }: Pick<Report, "numbers">): Map<string, string[]> {
  const rests_on = new Map<string, string[]>();
  for (const { path, basis } of numbers) {
    for (const b of basis) if (b.kind === "claim" && b.id) rests_on.set(b.id, [...(rests_on.get(b.id) ?? []), path]);
  }
  return rests_on;
}

/** What is disputed and weighs most comes first: contradictions by how many numbers of the scenario and its accounts hang on them,
 * claims by the heaviest contradiction that they are a side of and then by the numbers that rest on them, numbers by the first of
 * their claims; then those on published data, on assumptions, and of each kind what is said place by place last, and what is uncertain
 * before what is not. */
export function by_weight({ claims, conflicts, numbers }: Pick<Report, "claims" | "conflicts" | "numbers">): Pick<Report, "claims" | "conflicts" | "numbers"> {
  const rests_on = rests_on_claims({ numbers }), at_stake = new Map<string, number>();
  for (const c of conflicts) for (const id of [...c.one, ...c.other]) at_stake.set(id, Math.max(at_stake.get(id) ?? 0, c.numbers));
  const stake = (id: string): number => at_stake.get(id) ?? -1, rests = (id: string): number => rests_on.get(id)?.length ?? 0;
  const ranked = [...claims].sort((a, b) => stake(b.id) - stake(a.id) || rests(b.id) - rests(a.id));
  const rank = new Map(ranked.map((c, i) => [c.id, i]));
  const kinds = ["claim", "source", "assumed", "default"];
  const place = ({ path, basis, value }: Report["numbers"][number]): number[] => [
    Math.min(...basis.map((b) => kinds.indexOf(b.kind)), kinds.length), Number(/^(support|places|links)\./.test(path)), Math.min(...basis.map((b) => rank.get(b.id ?? "") ?? claims.length), claims.length),
    Number(Number.isFinite(Number(value))),
  ];
  const places = new Map(numbers.map((n) => [n, place(n)]));
  const apart = (a: number[], b: number[]): number => a.map((x, i) => x - b[i]).find((x) => x !== 0) ?? 0;
  return {
    claims: ranked, conflicts: [...conflicts].sort((a, b) => b.numbers - a.numbers),
    numbers: [...numbers].sort((a, b) => apart(places.get(a) ?? [], places.get(b) ?? [])),
  };
}

/** beside: what stands beside a number, by its path. */
export function evidence_view(story: Story, state: State, beside: (path: string) => Node | null = () => null): HTMLElement {
  const { sources, basis_counts } = story.data, { claims, conflicts, numbers } = by_weight(story.data);
  const by_id = new Map(claims.map((c) => [c.id, c]));
  const source_title = (id: string): string => sources.find((x) => x.id === id)?.title || id;
  const rests_on = rests_on_claims(story.data);
  const claim_text = new Map(claims.map((c) => [c.id, [c.id, c.statement, c.speaker, c.kind, c.stance, c.subject, c.object,
    story.who(c.subject), story.who(c.object), source_title(c.source)].join(" ").toLowerCase()]));
  const number_text = new Map(numbers.map((n) => [n.path, [n.path, path_words(n.path, story), n.value, n.unit,
    ...n.basis.map((b) => `${b.id ?? ""} ${b.text}`)].join(" ").toLowerCase()]));

  const pages: Record<Part, number> = { claims: 1, numbers: 1, conflicts: 1 };
  const search = h("input", {
    type: "search", placeholder: "Search words, names, paths", "aria-label": "Search the evidence", input: () => typed(),
  });
  const filter = (label: string, options: [string, string][]): HTMLSelectElement =>
    h("select", { "aria-label": label, change: () => chosen_by_hand() }, h("option", { value: "" }, label),
      ...options.map(([value, text]) => h("option", { value }, text)));
  const cited = sources.filter((x) => claims.some((c) => c.source === x.id) || numbers.some((n) => n.basis.some((b) => b.kind === "source" && b.id === x.id)));
  const stances = [...new Set(claims.map((c) => c.stance))].filter(Boolean).sort();
  const by_actor = filter("Any actor", story.actors.map((a) => [a.id, story.side(a.id).name]));
  const by_source = filter("Any source", cited.map((x) => [x.id, x.title || x.id]));
  const by_stance = filter("Any stance", stances.map((x) => [x, capital(x)]));
  const kKeys = ["claim", "source", "actor", "stance", "words"] as const;
  const told = { claim: "", source: "", actor: "", stance: "", words: "" };
  let is_own = false;
  const lists: Record<Part, HTMLElement> = { claims: h("div", { class: "claims" }), numbers: h("div", { class: "numbers" }),
    conflicts: h("div", { class: "conflicts" }) };

  /** What the reader chooses goes into the address; what the address says is shown. */
  function chosen_by_hand(): void {
    if (told.claim && search.value === told.claim) search.value = "";
    tell_address({ claim: "", words: told.claim ? "" : told.words, actor: by_actor.value, stance: by_stance.value, source: by_source.value }, true);
  }
  function typed(): void {
    tell_address({ ...told, claim: "", words: search.value }, false);
  }
  function tell_address(now: typeof told, is_step: boolean): void {
    is_own = true;
    state.set_all(now, is_step);
    is_own = false;
    Object.assign(told, now);
    restart();
  }
  state.follow(() => {
    const now = Object.fromEntries(kKeys.map((key) => [key, state.get(key) ?? ""])) as typeof told, { claim, source, actor, stance, words } = now;
    if (is_own || kKeys.every((key) => now[key] === told[key])) return;
    if (claim !== told.claim || words !== told.words) search.value = claim || words;
    by_stance.value = stances.includes(stance) ? stance : "";
    by_source.value = cited.some((x) => x.id === source) ? source : "";
    by_actor.value = story.actors.some((a) => a.id === actor) ? actor : "";
    if (claim && claim !== told.claim) by_stance.value = by_source.value = by_actor.value = "";
    Object.assign(told, now);
    restart();
  });

  function restart(): void {
    pages.claims = pages.numbers = pages.conflicts = 1;
    draw();
  }

  /** Shows one claim and what rests on it. */
  function show_claim(id: string): void {
    state.go("evidence", { claim: id, source: "", actor: "", stance: "", words: "" });
    lists.claims.scrollIntoView({ block: "nearest" });
  }

  function claim_card(c: Claim): HTMLElement {
    const paths = rests_on.get(c.id) ?? [];
    const named = paths.slice(0, kRests).map((path) => path_words(path, story)).join("; ");
    const rest = paths.length > kRests ? `; and ${paths.length - kRests} more.` : ".";
    const quantity = amount(c);
    return h("article", { class: "claim" },
      h("p", { class: "kicker" }, h("b", {}, c.id), ` ${c.kind}`, ...parties(c), h("span", { class: `stance ${c.stance}` }, c.stance)),
      h("p", { class: "statement" }, c.statement),
      quantity ? h("p", { class: "quantity" }, quantity) : null,
      h("p", { class: "note" }, c.speaker ? `${c.speaker}; ` : "",
        h("a", { href: `#evidence&source=${encodeURIComponent(c.source)}&claim=` }, source_title(c.source)), `, paragraph ${c.paragraph}`),
      named ? h("p", { class: "note" }, h("b", {}, "Rests on it: "), named, rest) : null);
  }

  /** Of whom a claim speaks, with links to all that is known of them. */
  function parties(c: Claim): (Node | string)[] {
    const known = [...new Set([c.subject, c.object])].filter((id) => story.actors.some((a) => a.id === id));
    return known.flatMap((id, i) => [i === 0 ? ", on " : " and ", named(story, story.side(id))]);
  }

  /** One side of a contradiction: who says what, where. */
  function side(says: string, ids: string[]): HTMLElement | null {
    const rows = ids.map((id) => by_id.get(id)).filter((c) => c !== undefined).map((c) => h("li", {},
      h("button", { type: "button", class: "basis-claim", "aria-label": `Claim ${c.id}`, click: () => show_claim(c.id) }, c.id),
      ` ${c.statement} `, h("small", {}, [c.speaker, `${source_title(c.source)}, paragraph ${c.paragraph}`].filter(Boolean).join("; "))));
    return rows.length === 0 ? null : h("div", { class: "side" }, h("h4", {}, capital(says)), h("ul", {}, ...rows));
  }

  function conflict_card(c: Conflict): HTMLElement {
    return h("article", { class: "conflict" },
      h("p", { class: "statement" }, c.statement),
      h("div", { class: "sides" }, side(c.one_says, c.one), side(c.other_says, c.other), side("in doubt", c.in_doubt)),
      h("p", { class: "note" }, c.between_sources ? "Between sources. " : "Within one source. ",
        c.numbers > 0 ? `${plural(c.numbers, "parameter")} of the scenario and its accounts ${c.numbers === 1 ? "depends" : "depend"} on it.` : "No parameter depends on it."));
  }

  function number_row(n: Report["numbers"][number]): HTMLElement {
    return h("li", {},
      h("span", { class: "what" }, path_words(n.path, story)),
      h("span", { class: "value" }, h("b", {}, n.value), " ", h("small", {}, n.unit), " ", h("code", {}, n.path), " ", beside(n.path)),
      h("span", { class: "basis" }, ...n.basis.map((b) => basis_link(story, b))));
  }

  function fill<T>(part: Part, title: string, rows: T[], tag: "div" | "ul", draw_row: (row: T) => HTMLElement): void {
    const size = (is_phone() ? kPhonePage : kPage)[part], shown = size * pages[part], left = rows.length - shown;
    const more = (): void => { ++pages[part]; draw(); };
    lists[part].replaceChildren(h("h3", {}, plural(rows.length, title)), h(tag, {}, ...rows.slice(0, shown).map(draw_row)),
      left > 0 ? h("button", { type: "button", class: "more", click: more }, `Show ${exact(Math.min(size, left))} more of ${exact(left)}`) : "");
  }

  function draw(): void {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has_words = (text = ""): boolean => wanted.every((w) => text.includes(w));
    const actor = by_actor.value;
    const only = told.claim !== "" && search.value === told.claim ? told.claim : null;  // one claim, not all that contain its id
    const parties = [actor, story.data.actors.find((a) => a.id === actor)?.command];
    const found = claims.filter((c) => (!by_source.value || c.source === by_source.value)
      && (!by_stance.value || c.stance === by_stance.value)
      && (!actor || parties.includes(c.subject) || parties.includes(c.object))
      && (only === null ? has_words(claim_text.get(c.id)) : c.id === only));
    const ids = new Set(found.map((c) => c.id));
    const is_narrowed = by_source.value !== "" || by_stance.value !== "";
    const rows = numbers.filter((n) => (!is_narrowed || n.basis.some((b) => (b.kind === "claim" && b.id !== null && ids.has(b.id)) || (b.kind === "source" && b.id === by_source.value)))
      && (!actor || n.path.split(".").some((part) => part !== "" && parties.includes(part))) && (only === null ? has_words(number_text.get(n.path)) : n.basis.some((b) => b.id === only)));
    fill("claims", "claim", found, "div", claim_card);
    fill("conflicts", "contradiction", conflicts.filter((c) => [...c.one, ...c.other].some((id) => ids.has(id))), "div", conflict_card);
    fill("numbers", "parameter", rows, "ul", number_row);
  }
  draw();

  const total = Object.values(basis_counts).reduce((a, b) => a + b, 0);
  return h("div", { class: "evidence" },
    total > 0 ? basis_figure(story) : null,
    h("div", { class: "controls" }, search, by_actor, by_source, by_stance),
    conflicts.length > 0 ? lists.conflicts : null,
    h("div", { class: "evidence-body" }, lists.claims, lists.numbers));
}

/** Sources that a phone lists at first. */
const kPhoneSources = 5;

/** The sources by name, for the foot of the section. */
export function source_list(story: Story): HTMLElement | null {
  const { sources } = story.data;
  const rows = sources.map((x) => h("li", {}, [x.author, x.title, x.issued].filter(Boolean).join(", "), " ", h("code", {}, x.id)));
  return rows.length === 0 ? null : h("details", {}, h("summary", {}, plural(rows.length, "source")), ...rows_in(h("ul", {}), rows, kPhoneSources));
}
