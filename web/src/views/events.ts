// What the package says happens on a day: the triangles under the charts, with what each rests on.
import { last_upto } from "../clock";
import type { Clock } from "../clock";
import type { Story } from "../data";
import { h, is_phone, long_list } from "../dom";
import { short_day } from "../format";
import type { Basis } from "../report";

/** What something rests on, as a link to the claim or the source. */
export function basis_link(story: Story, b: Basis): HTMLElement {
  if (b.kind === "claim" && b.id) return h("a", { class: "basis-claim", href: `#evidence&claim=${encodeURIComponent(b.id)}`, title: b.text }, `claim ${b.id}`);
  if (b.kind === "source" && b.id) {
    const title = story.data.sources.find((x) => x.id === b.id)?.title || b.id;
    return h("a", { class: "basis-source", href: `#evidence&source=${encodeURIComponent(b.id)}` }, [title, b.text].filter(Boolean).join(", "));
  }
  return h("span", { class: `basis-${b.kind}` }, b.text || b.kind);
}

/** The same as text: where a claim stands rather than its id. */
export function basis_words(story: Story, b: Basis): string {
  const { claims, sources } = story.data;
  const title = (id: string): string => sources.find((x) => x.id === id)?.title || id;
  const claim = b.kind === "claim" ? claims.find((c) => c.id === b.id) : undefined;
  if (claim) return `${title(claim.source)}, paragraph ${claim.paragraph}`;
  return b.kind === "source" && b.id ? [title(b.id), b.text].filter(Boolean).join(", ") : b.text || b.kind;
}

export function events_view(story: Story, clock: Clock): HTMLElement {
  const { events = [], dates } = story.data;
  const index_of = (date: string): number => Math.max(0, last_upto(dates, date));
  const rows = events.map((e) => h("li", {},
    h("button", { type: "button", class: "plain", click: () => clock.choose(index_of(e.date)) }, short_day(e.date)),
    h("span", {}, e.note),
    h("span", { class: "basis" }, ...e.basis.map((b) => basis_link(story, b)))));
  const list = long_list("ol", "events", rows, is_phone() ? 4 : 14);
  clock.follow(() => rows.forEach((row, i) => {  // those of the date that the page shows
    const is_now = index_of(events[i].date) === clock.index;
    row.classList.toggle("now", is_now);
    if (is_now && !row.isConnected && list.isConnected) list.querySelector<HTMLElement>("button.more")?.click();
  }));
  return list;
}
