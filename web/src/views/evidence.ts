// What the numbers rest on: claims of sources beside the numbers they support, with search.
import type { Claim, Story } from "../data";
import { h } from "../dom";
import { capital, count, plural } from "../format";
import { path_words } from "../paths";

/** Rows shown before "more" is asked for. */
const kPage = 12;
/** Numbers named under the claim they rest on. */
const kRests = 4;
const kKinds: Record<string, string> = { claim: "claims of sources", source: "published data", assumed: "assumptions", default: "defaults" };

function amount(claim: Claim): string {
  const [low, high] = [claim.low, claim.high].map((x) => (x === null || x === "" ? "" : Number.isFinite(Number(x)) ? count(Number(x)) : String(x)));
  if (!low && !high) return "";
  return `${low && high && low !== high ? `${low} to ${high}` : low || high} ${claim.unit}`.trim();
}

export function evidence_view(story: Story): HTMLElement {
  const { claims, sources, numbers, basis_counts } = story.data;
  const source_title = (id: string): string => sources.find((x) => x.id === id)?.title || id;
  const used_by = new Map<string, string[]>();
  for (const n of numbers) for (const b of n.basis) if (b.kind === "claim" && b.id) used_by.set(b.id, [...(used_by.get(b.id) ?? []), n.path]);
  let pages = { claims: 1, numbers: 1 };

  const search = h("input", { type: "search", placeholder: "Search words, names, paths", "aria-label": "Search the evidence", input: () => restart() });
  const option_of = (label: string, options: [string, string][]): HTMLSelectElement =>
    h("select", { "aria-label": label, change: () => restart() }, h("option", { value: "" }, label), ...options.map(([value, text]) => h("option", { value }, text)));
  const by_actor = option_of("Any actor", story.actors.map((a) => [a.id, story.side(a.id).name]));
  const by_source = option_of("Any source", sources.filter((x) => claims.some((c) => c.source === x.id)).map((x) => [x.id, x.title || x.id]));
  const by_stance = option_of("Any stance", [...new Set(claims.map((c) => c.stance))].filter(Boolean).sort().map((x) => [x, capital(x)]));
  const claim_list = h("div", { class: "claims" });
  const number_list = h("div", { class: "numbers" });

  function restart(): void {
    pages = { claims: 1, numbers: 1 };
    draw();
  }

  /** Shows one claim alone, at the top of its list. */
  function show_claim(id: string): void {
    search.value = id;
    by_actor.value = by_source.value = by_stance.value = "";
    restart();
    claim_list.scrollIntoView({ block: "nearest" });
  }

  function claim_card(c: Claim): HTMLElement {
    const rests = used_by.get(c.id) ?? [];
    const quantity = amount(c);
    return h("article", { class: "claim" },
      h("p", { class: "kicker" }, h("b", {}, c.id), ` ${c.kind}`, h("span", { class: `stance ${c.stance}` }, c.stance)),
      h("p", { class: "statement" }, c.statement),
      quantity ? h("p", { class: "quantity" }, quantity) : null,
      h("p", { class: "note" }, [c.speaker, `${source_title(c.source)}, paragraph ${c.paragraph}`].filter(Boolean).join("; ")),
      rests.length > 0 ? h("p", { class: "note rests" }, h("b", {}, "Rests on it: "), rests.slice(0, kRests).map((path) => path_words(path, story)).join("; "), rests.length > kRests ? `; and ${rests.length - kRests} more.` : ".") : null);
  }

  function more(list: "claims" | "numbers", total: number): HTMLElement | null {
    const left = total - kPage * pages[list];
    return left > 0 ? h("button", { type: "button", class: "more", click: () => { ++pages[list]; draw(); } }, `${Math.min(kPage, left)} more of ${left}`) : null;
  }

  function draw(): void {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has_words = (text: string): boolean => words.every((w) => text.toLowerCase().includes(w));
    const actor = by_actor.value;
    const about = [actor, story.data.actors.find((a) => a.id === actor)?.command];
    const found = claims.filter((c) => (!by_source.value || c.source === by_source.value) && (!by_stance.value || c.stance === by_stance.value)
      && (!actor || about.includes(c.subject) || about.includes(c.object))
      && has_words([c.id, c.statement, c.speaker, c.kind, c.stance, c.subject, c.object, story.who(c.subject), story.who(c.object), source_title(c.source)].join(" ")));
    found.sort((a, b) => (used_by.get(b.id)?.length ?? 0) - (used_by.get(a.id)?.length ?? 0));
    const ids = new Set(found.map((c) => c.id));
    const is_narrowed = Boolean(by_source.value || by_stance.value);
    const rows = numbers.filter((n) => (!is_narrowed || n.basis.some((b) => b.kind === "claim" && b.id !== null && ids.has(b.id)))
      && (!actor || n.path.split(".").includes(actor)) && has_words([n.path, path_words(n.path, story), n.value, n.unit, ...n.basis.map((b) => `${b.id ?? ""} ${b.text}`)].join(" ")));
    claim_list.replaceChildren(h("h3", {}, plural(found.length, "claim")), h("div", { class: "cards" }, ...found.slice(0, kPage * pages.claims).map(claim_card)), more("claims", found.length) ?? "");
    number_list.replaceChildren(h("h3", {}, plural(rows.length, "number")),
      h("ul", {}, ...rows.slice(0, kPage * pages.numbers).map((n) => h("li", {},
        h("span", { class: "what" }, path_words(n.path, story)), h("span", { class: "value" }, h("b", {}, n.value), " ", h("small", {}, n.unit), " ", h("code", {}, n.path)),
        h("span", { class: "basis" }, ...n.basis.map((b) => (b.kind === "claim" && b.id
          ? h("button", { type: "button", class: "basis-claim", title: b.text, click: () => show_claim(b.id as string) }, b.id)
          : h("span", { class: `basis-${b.kind}` }, b.kind === "source" ? [source_title(b.id ?? ""), b.text].filter(Boolean).join(", ") : b.text || b.kind))))))),
      more("numbers", rows.length) ?? "");
  }

  const total = Object.values(basis_counts).reduce((a, b) => a + b, 0);
  draw();
  return h("div", { class: "evidence" },
    total > 0 ? h("div", { class: "counts" },
      h("div", { class: "count-bar", "aria-hidden": "true" }, ...Object.entries(basis_counts).map(([kind, n]) => h("i", { class: `basis-${kind}`, style: `flex-grow:${n}` }))),
      h("p", { class: "note" }, "The scenario's numbers rest on ", ...Object.entries(basis_counts).map(([kind, n], i) => h("span", {}, i > 0 ? ", " : "", h("i", { class: `dot basis-${kind}` }), `${count(n)} ${kKinds[kind] ?? kind}`)), ".")) : null,
    h("div", { class: "controls" }, search, by_actor, by_source, by_stance),
    h("div", { class: "evidence-body" }, claim_list, number_list));
}

/** The sources by name, for the foot of the section. */
export function source_list(story: Story): HTMLElement | null {
  const { sources } = story.data;
  return sources.length === 0 ? null : h("details", { class: "sources" }, h("summary", {}, plural(sources.length, "source")),
    h("ul", {}, ...sources.map((x) => h("li", {}, [x.author, x.title, x.issued].filter(Boolean).join(", "), " ", h("code", {}, x.id)))));
}

