// The page that answers back: dials on one side, what changes on the other.
import { h, keep_focus } from "../dom";
import { evidence_gist } from "../gist";
import { save_text } from "../figure";
import { day } from "../format";
import { lesson_address, lessons_of } from "../lessons";
import { path_words, road_words } from "../paths";
import { section } from "../section";
import { State } from "../state";
import { analysis_view } from "../views/analysis";
import { evidence_view, source_list } from "../views/evidence";
import { lesson_now, lessons_view } from "../views/lessons";
import { story_of } from "../war";
import type { Story } from "../data";
import { account_file, accounts_of, command_of, is_control, is_same_change, kAccountFile, kCut, kOwn, unturned, with_base } from "./data";
import type { Answer, Base, Change, Dial, ChangedWar, WhatIfWar } from "./data";
import { as_it_is, dial_link, dial_words, dials_view } from "./dials";
import { copy_of, is_same, Turns } from "./history";
import { map_knobs } from "./knobs";
import { question_of } from "./question";
import { replay_view } from "./replay";
import { kind_of_outcome, results_view } from "./results";
import { dropped, statements_view } from "./statements";
import { subject_of, suggestions } from "./suggested";
import { united_view, united_words } from "./united";
import { is_mistakes } from "./asker";
import type { Asker, Mistakes } from "./asker";

/** After the last turn of a dial the question is asked when so many ms have passed. */
const kRestMs = 60;
const kPairs = 200;
/** More of them, if the reader asks for more; a server has no more for one question. */
const kMorePairs = [200, 400, 800, 1600];
/** About what a menu of accounts has room for. */
const kMenuLetters = 42;

/** What more a question hangs on. */
const asked_of = (state: State): string => `${kind_of_outcome(state)} ${state.get("pairs") ?? ""}`;
const kNoCommand = "no command of truel compare has both: it compares united enemies with the same war alone";

/** The accounts that are joined by +, in words. */
const title_of = (war: WhatIfWar, ids: string): string => accounts_of(ids).map((id) => war.accounts.find((a) => a.id === id)?.title ?? id).join(", and ") || "the basic model";

/** What is turned, and what to, in words: "Road Homs to Palmyra: cut". */
function turned_path(story: Story, path: string): string {
  const [table, a = "", b = "", number] = path.split(".");
  return table === "links" && number === "road_km" ? `${road_words(a, b, story)}:` : path_words(path, story);
}

const value_words = (story: Story, path: string, value: string, kind?: Dial["kind"]): string =>
  (kind === "switch" && value !== kOwn ? (/^(1|true)$/.test(value) ? "on" : "off") : value === kOwn ? "as in the basic model" : is_control(path) ? story.side(value).name : value === kCut && path.startsWith("links.") ? "cut" : value);

/** What one turn made of another, in words. */
function change_words(war: WhatIfWar, story: Story, before: ChangedWar, after: ChangedWar): string {
  const title = (id: string): string => title_of(war, id);
  const paths = [...new Set([...before.settings.keys(), ...after.settings.keys()])].filter((p) => before.settings.get(p) !== after.settings.get(p));
  const written = (turned: ChangedWar, path: string): string => {
    const value = turned.settings.get(path), own = war.dials.find((d) => d.path === path)?.written;
    return value === undefined ? `as the package has it${own === undefined ? "" : ` (${own})`}` : value_words(story, path, value, war.dials.find((d) => d.path === path)?.kind);
  };
  const words = (path: string): string => {
    const dial = war.dials.find((d) => d.path === path);
    return dial?.note === undefined ? turned_path(story, path) : dial_words(story, dial);
  };
  return [...(before.united === after.united ? [] : [`${united_words(story, before.united)} → ${united_words(story, after.united)}`]),
    ...(before.account === after.account ? [] : [`Account behind the changed war: ${title(before.account)} → ${title(after.account)}`]),
    ...paths.map((path) => `${words(path)}: ${written(before, path)} → ${written(after, path)}`)].join("; ");
}

/** asker: who answers. head: what stands above all else. base: what the report was made with, of which both wars begin. */
export function what_if_page(of_package: WhatIfWar, asker: Asker, head: Node[], state = new State(), base: Base = []): { story: Story; nodes: Node[] } {
  const war = with_base(of_package, base);
  const story = story_of({ ...war, war, runs: kPairs }, war.start, war.end, war);
  const drop = dropped(war, state.get("drop") ?? "");
  if (drop) {
    const set = drop.changes.map(([path, value]) => `${path}=${value ?? kOwn}`).join(";");
    state.set_all({ set, against: drop.account, account: drop.account, united: "", drop: "" }, false);
  }
  const turns = new Turns(state);
  let asked: ChangedWar | undefined, asked_for: string | undefined, ran = kPairs;
  let abort: AbortController | undefined, abort_replay: AbortController | undefined, timer: number | undefined;

  /** Pairs that the reader asked for; undefined: as many as are enough. */
  const wanted_pairs = (): number | undefined => kMorePairs.find((n) => String(n) === state.get("pairs"));
  const command = (second: ChangedWar, first?: ChangedWar): string => {
    // United enemies are compared in as many pairs as were run: that command does not look whether they are enough.
    const is_united = second.united !== "" || first?.united, text = command_of(war.package, second, is_united ? ran : wanted_pairs() ?? kPairs, base, first);
    const looks = is_united || wanted_pairs() !== undefined ? "" : ` --until-sure ${kind_of_outcome(state)}`;
    return text === undefined ? kNoCommand : `${text}${looks}${war.analysis?.options ?? ""}`;
  };
  const shown_command = h("code", {});
  const failure = h("p", { class: "warning", role: "alert" });
  const results = results_view(story, state, () => command(turns.now), map_knobs(war, story, () => turns.now.settings, (changes) => turn_all(changes)), subject_of(war), war.fact);
  const replay = h("div", {});

  const tell = ({ errors }: Mistakes): void => failure.replaceChildren(...errors.map((e) => h("span", {}, `${e.what}; ${e.hint}. `)));
  /** Asks what the second change does against the first, and hands over what comes in. */
  async function question(first: ChangedWar, against: string, second: ChangedWar, on_answer: (answer: Answer) => void, signal: AbortSignal): Promise<void> {
    const wanted = wanted_pairs();
    try {
      await asker.ask(question_of(second, against, first, base, wanted ?? kPairs, wanted === undefined ? kind_of_outcome(state) : undefined), (one) => {
        failure.replaceChildren();
        if (is_mistakes(one)) tell(one);
        else on_answer(one);
      }, signal);
    } catch (error) {
      if (signal.aborted) return;
      failure.textContent = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }
  const ask = async (): Promise<void> => {
    const own = (abort = new AbortController()), now = copy_of(turns.now);
    let is_new = asked === undefined || !is_same(asked, now);
    asked = now;
    asked_for = asked_of(state);
    results.node.setAttribute("aria-busy", "true");
    await question(unturned(), now.against, now, (answer) => {
      // Pictures before all pairs are in allow for being looked at only where the question is whether they are enough.
      if (wanted_pairs() !== undefined && answer.runs < answer.wanted) {
        more.textContent = `${answer.runs} of ${answer.wanted} pairs …`;
        return;
      }
      const { top } = results.node.getBoundingClientRect();
      results.node.classList.toggle("in-view", top >= 0 && top < window.innerHeight);  // who reads it keeps it where it is
      results.show(answer, is_new);
      is_new = false;
      ran = answer.runs;
      story.data.runs = ran;  // as figures are cited
      more.disabled = answer.same || more_pairs() === undefined;
      more.textContent = `More pairs: ${more_pairs() ?? ran}`;
      shown_command.textContent = command(turns.now);
    }, own.signal).catch(() => undefined);
    if (!own.signal.aborted && failure.textContent === "") results.node.setAttribute("aria-busy", "false");
  };
  const show_replay = async (): Promise<void> => {
    if (!turns.before) return;
    const first = turns.before, second = copy_of(turns.now), kind = kind_of_outcome(state);
    let last: Answer | undefined;
    replay.replaceChildren(h("p", { class: "note", role: "status" }, "Running the war before the last change …"));
    const own = (abort_replay = new AbortController());
    await question(first, first.account, second, (answer) => { last = answer; }, own.signal).catch(() => undefined);
    if (own.signal.aborted) return;
    replay.replaceChildren(...(last ? [replay_view(story, last, kind, change_words(war, story, first, second), command({ ...second, against: first.account }, first))] : []));
    replay.scrollIntoView({ block: "nearest" });
  };
  /** What is drawn of another war than the one of the last step. */
  const show_war = (): void => {
    show_sides();
    show_turned();
    redraw();
    later();
  };
  const stop = (): void => {
    abort_replay?.abort();
    abort?.abort();
    window.clearTimeout(timer);
  };
  state.over.addEventListener("abort", stop);
  const later = (): void => {
    stop();
    replay.replaceChildren();
    results.wait();
    results.node.setAttribute("aria-busy", "true");
    timer = window.setTimeout(() => void ask(), kRestMs);
  };
  const set = (settings: ChangedWar["settings"], path: string, value: string | null): void => {
    if (value === null) settings.delete(path);
    else settings.set(path, value);
  };
  /** What is dragged is one step back, from where it was before; what: "" of a step by itself. */
  const slide = (what: string, change: (now: ChangedWar) => void): void => {
    turns.turn(change, what);
    show_turned();
    later();
  };
  const turn = (path: string, value: string | null): void => {
    slide(value === null ? "" : path, (now) => set(now.settings, path, value));
    if (value === null) redraw();
  };
  const as_step = (change: (now: ChangedWar) => void): void => {
    turns.turn(change);
    show_sides();
    show_turned();
    later();
  };
  /** Several numbers as one step. */
  const turn_all = (changes: Change[], against = turns.now.against, account = turns.now.account): void => {
    as_step((now) => {
      for (const [path, value] of changes) set(now.settings, path, value);
      now.against = against;
      now.account = account;
    });
    redraw();
  };
  /** Numbers of an account by which one of the wars is. The account is then compared with itself. */
  const turn_statement = (changes: Change[]): void => {
    const { settings, against } = turns.now, account = turns.now.account || against;
    turn_all(changes, settings.size === 0 && against === "" ? account : against, account);
  };
  const turn_united = (united: string): void => as_step((now) => { now.united = united; });
  const slide_united = (united: string): void => slide("united", (now) => { now.united = united; });
  const dials = dials_view(war, story, () => turns.now.settings, turn, state);
  const redraw = (): void => keep_focus([dials.node], dials.redraw);
  const chosen = h("ul", { class: "turned" });
  const names = new Map(suggestions(war, story).map((s) => [s.dial.path, s.name]));
  const row = h("div", { class: "controls" });
  const show_turned = (): void => keep_focus([chosen, row], () => {
    const turned = turns.now;
    chosen.replaceChildren(...[...turned.settings].map(([path, value]) => {
      const dial = war.dials.find((d) => d.path === path);
      return h("li", {}, names.has(path) ? `${names.get(path)}:` : dial ? dial_words(story, dial) : turned_path(story, path), " ", h("b", {}, value_words(story, path, value, dial?.kind)),
        dial ? h("small", {}, `, as it is: ${as_it_is(dial)}`) : null,
        h("button", { type: "button", class: "back", "aria-label": `${path}: as in the package`, click: () => turn(path, null) }, "↺"));
    }));
    if (turned.united) {
      chosen.append(h("li", {}, united_words(story, turned.united),
        h("button", { type: "button", class: "back", "aria-label": "Enemies as they are", click: () => turn_united("") }, "↺")));
    }
    const none = turned.settings.size === 0 && !turned.account && !turned.against && !turned.united;
    // What has nothing to act on is not there, as what is dimmed asks why.
    const button = (text: string, can: boolean, press: () => void): HTMLElement[] => (can ? [h("button", { type: "button", click: press }, text)] : []);
    row.replaceChildren(
      ...button("Undo", !none || turns.can_undo, () => { turns.undo(); show_war(); }),
      ...button("Reset", !none, () => {
        state.set("pairs", "", false);
        turns.reset();
        show_war();
      }),
      ...button("Replay the last change", turns.before !== undefined && !is_same_change(turns.before, turned), () => void show_replay()),
      ...(none ? [] : [more]),
      ...button("Save as an account", !none, () => save_text(kAccountFile, "application/toml", account_file(war, turned, "What if", base))),
      h("label", { class: "check" }, guess, "Guess first"),
      h("details", { class: "command" }, h("summary", {}, "The same in the terminal"), shown_command));
    shown_command.textContent = command(turns.now);
  });
  const more_pairs = (): number | undefined => kMorePairs.find((n) => n > ran);
  const more = h("button", { type: "button", disabled: true, click: () => state.set("pairs", String(more_pairs() ?? kPairs), false) }, "More pairs");
  const guess = h("input", { type: "checkbox", checked: state.get("guess") === "first", change: () => state.set("guess", guess.checked ? "first" : "", false) });
  const accounts = (label: string, of: "against" | "account"): HTMLElement => {
    const now = turns.now[of], select = h("select", { change: () => { turns.turn((x) => { x[of] = select.value; }); show_statements(); show_turned(); later(); } },
      ...[{ id: "", title: "the basic model (no author's account)" }, ...war.accounts, ...(now.includes("+") ? [{ id: now, title: title_of(war, now) }] : [])].map((a) => h("option", { value: a.id, selected: now === a.id }, a.title)));
    // A menu cuts what is longer than it is wide.
    const whole = h("small", {});
    const say = (): void => { const text = select.selectedOptions[0]?.textContent ?? ""; whole.textContent = text.length > kMenuLetters ? text : ""; };
    select.addEventListener("change", say);
    say();
    return h("label", { class: "by-account" }, label, select, whole);
  };
  const sides = h("div", { class: "sides" });
  const statements = h("div", {});
  const show_statements = (): void => keep_focus([statements], () => {
    const ids = accounts_of(turns.now.account || turns.now.against);
    const hint = ids.length === 0 ? [h("p", { class: "note" }, "Choose an account: what its author assumes can then be switched off.")] : [];
    statements.replaceChildren(...hint, ...ids.map((id) => statements_view(war, story, id, turns.now, turn_statement)).filter((x) => x !== null));
  });
  const show_sides = (): void => keep_focus([sides], () => {
    show_statements();
    const united = united_view(war, story, turns.now, turn_united, slide_united);
    sides.replaceChildren(...(war.accounts.length === 0 ? [] : [accounts("Account behind the war as it is", "against"), accounts("Account behind the changed war", "account"), statements]),
      ...(united ? [united] : []));
  });
  state.follow(() => {
    guess.checked = state.get("guess") === "first";
    if (turns.follow()) show_war();
    else if (asked_for !== undefined && asked_for !== asked_of(state)) later();  // another table may need more pairs
  });
  show_sides();
  show_turned();
  results.wait();
  void ask();
  const can_turn = new Set(war.dials.map((d) => d.path));
  const evidence = section({ id: "evidence", short: "Evidence", title: "What the parameters rest on", gist: evidence_gist(war),
    says: "First comes what sources dispute and what many parameters rest on. Each statement is that of the source named with it, in the words of the scenario's author.",
    view: () => h("div", {}, evidence_view(story, state, (path) => (can_turn.has(path) ? dial_link("Turn it", path) : null)), source_list(story)) });
  const analysis = war.analysis && section({ id: "analysis", short: "Analysis", title: "What the runs start from", gist: war.analysis.from < war.analysis.origin ? `What was observed until ${day(war.analysis.origin)}.` : "What the package says of the first day.",
    view: analysis_view(war.analysis, war.analysis.from, (id) => [...war.places, ...war.actors].find((x) => x.id === id)?.name ?? id) });
  const lessons = lessons_of(war.package, (path) => can_turn.has(path), (id) => war.accounts.some((a) => a.id === id));
  const guided = lessons.length === 0 ? null : h("details", { class: "guided" }, h("summary", {}, `${lessons.length} questions for a class`),
    lessons_view(lessons, (lesson) => ({ text: "Guess, then see", href: lesson_address(lesson) })));
  const to_knobs = h("a", { class: "skip", href: "#dials", click: () => (dials.node.querySelector<HTMLElement>(".dial :is(input, select)") ?? dials.node.querySelector("input"))?.focus() }, "To the first parameter to change");
  return { story, nodes: [
    to_knobs,
    h("header", {}, h("p", { class: "brand" }, h("b", {}, "truel"), " what if"), h("h1", {}, war.title),
      ...head,
      base.length === 0 ? null : h("p", {}, "Both wars begin from the parameters that this report was made with: ", ...base.flatMap((one, i) => [i > 0 ? ", " : "", h("code", {}, one)]), "."),
      h("p", { class: "caveat" }, `Change something, and truel runs the war from ${day(war.analysis?.from ?? war.start)} to ${day(war.end)} in pairs: once as it is, once with your change, with the same `
        + `random numbers. This is not a forecast; the track record is in the report.`)),
    h("main", {}, h("div", { class: "what-if" },
      h("section", { id: "dials", "aria-label": "What to change" }, h("h2", {}, "Change"), guided, sides, dials.node),
      h("section", { id: "results", "aria-label": "What changes" }, h("h2", {}, "What changes"), failure, chosen, row, replay, lesson_now(lessons, state), results.node)), analysis ?? null, evidence),
  ] };
}
