import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { read_csv } from "../src/csv";
import { kilometres } from "../src/editor/map";
import { archive_of, folder_name } from "../src/editor/page";
import { carry_over } from "../src/editor/rename";
import { Draft, cell_at, free_id, text_of } from "../src/editor/tables";

const files = {
  "actors.csv": "id,name,colour,kill_rate\ngov,The government,#4477aa,\"lognormal(0.002, 1.5)\"\nfront,\"The \"\"front\"\"\",,1\n",
  "places.csv": "place_id,name,latitude,longitude,terrain,basis\nhill,Hill,45,10,plain,x\ntown,Town,45.5,10.5,plain,x\n",
  "links.csv": "a,b,road_km,terrain,basis\nhill,town,70,plain,x\n",
  "control.csv": "place_id,from_date,to_date,controller\nhill,2020-01-01,2021-01-01,gov\ntown,2020-01-01,2020-06-01,front\ntown,2020-06-02,2021-01-01,gov\n",
  "scenario.toml": "title = \"A war\"\n",
};

describe("a table", () => {
  it("comes back as it was read, whatever its quotes and line ends", () => {
    const text = 'a,b\n"x, ""y""",\n"two\nlines",z\n';
    expect(text_of(read_csv(text))).toBe(text);
    expect(text_of(read_csv(`\ufeff${text.replaceAll("\n", "\r\n").replace("two\r\nlines", "two\nlines")}`))).toBe(text);
    expect(read_csv("a,b\n\n1\n1,2,3")).toEqual({ heads: ["a", "b"], rows: [["1", ""], ["1", "2,3"]] });
    expect(read_csv("")).toEqual({ heads: [], rows: [] });
    expect(read_csv('a,"b\n""c"" d",\n1,2,3')).toEqual({ heads: ["a", 'b\n"c" d', ""], rows: [["1", "2", "3"]] });
  });
  it("says which cell a mistake's line and column are in, with quotes, letters beyond ASCII and lines within cells", () => {
    const table = read_csv('id,name,x\na,"é, 𝄞",1\nb,"two\nlines",2\nc,d,3\n');
    expect(cell_at(table, 1, 4)).toEqual({ row: -1, column: 1 });
    expect(cell_at(table, 2, 3)).toEqual({ row: 0, column: 1 });
    expect(cell_at(table, 2, 4)).toEqual({ row: 0, column: 1 });
    expect(cell_at(table, 2, 10)).toEqual({ row: 0, column: 2 });
    expect(cell_at(table, 5, 5)).toEqual({ row: 2, column: 2 });
    expect(cell_at(table, 6, 1)).toBeUndefined();
  });
  it("finds ids that are free", () => expect(free_id(read_csv("id\na\na_2\n"), "id", "a_2")).toBe("a_3"));
});

describe("a war that is written", () => {
  it("gets a place that somebody has to hold, and roads as long as the way", () => {
    const draft = new Draft(files);
    const row = draft.add_place("Place", "45.2", "10.2");
    expect(draft.cell("places.csv", row, "place_id")).toBe("place_2");
    expect(draft.holder("place_2")).toEqual({ row: 3, controller: "none" });
    draft.toggle_road("place_2", "hill", kilometres({ latitude: 45, longitude: 10 }, { latitude: 45.2, longitude: 10.2 }));
    expect(draft.cell("links.csv", 1, "road_km")).toBe("27");
    draft.toggle_road("hill", "place_2", 1);
    expect(draft.roads("hill", "place_2")).toEqual([]);
  });
  it("loses a place from every table, and gets it back", () => {
    const draft = new Draft(files);
    draft.begin();
    draft.remove_place("town");
    expect([draft.tables.get("places.csv")!.rows.length, draft.tables.get("links.csv")!.rows.length, draft.tables.get("control.csv")!.rows.length]).toEqual([1, 0, 1]);
    draft.undo();
    expect(draft.files).toEqual(files);
    expect(draft.can_undo).toBe(false);
  });
  it("undoes what was typed into one cell at once", () => {
    const draft = new Draft(files);
    for (const text of ["T", "To", "Tow"]) {
      draft.begin("places.csv 1 1");
      draft.set("places.csv", 1, "name", text);
    }
    draft.undo();
    expect(draft.files).toEqual(files);
  });
  it("is saved as one folder with a name that every system takes", () => {
    expect([folder_name("The “Valley” war: 2020/21"), folder_name("../../etc"), folder_name("…")]).toEqual(["the-valley-war-2020-21", "etc", "war"]);
    const saved = unzipSync(archive_of("w", files));
    expect(Object.fromEntries(Object.entries(saved).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]))).toEqual(Object.fromEntries(Object.entries(files).map(([name, text]) => [`w/${name}`, text])));
  });
});

describe("a new id", () => {
  const named = {
    ...files,
    "commands.csv": "id,name,basis\ngov,Staff,C1\n",
    "forces.csv": "actor,place_id,date,fighters,basis\ngov,*,2020-01-01,100,C1\ngov,town,2020-01-01,10,C10\n",
    "claims.csv": "id,subject,object,statement\nC1,gov,front,gov and C1\nC10,gov,,x\n",
    "interventions.csv": "id,path,actor,place_id,basis\nguns,actors.gov.supply,,,C1; assumed: gov\narrive,,gov,town,C1\n",
    "scenario.toml": "title = \"gov\"\n[sets.actors]\ngood = [\"gov\"]\n[sets.places]\nhigh = [\"gov\", \"hill\"]\n[[question]]\nmetric = [\"places.hill.control.gov\", \"places.gov.support.front\"]\n",
    "accounts/x.toml": "claims = [\"C1\", \"C10\"]\n[[set]]\npath = \"forces.gov.town.2020-01-01\"\nbasis = \"C10; C1\"\n[[set]]\npath = \"commands.gov.weight_vital\"\nbasis = \"assumed: C1\"\n[[set]]\npath = \"interventions.guns.value\"\n",
  };
  const renamed = (file: string, head: string, from: string, to: string): Draft => {
    const draft = new Draft(named);
    draft.set(file, draft.column(file, head).indexOf(from), head, to);
    expect(carry_over(draft, file, from, to)).toBe(true);
    return draft;
  };
  it("of a place goes to roads, holders, forces, sets and paths, and nowhere else", () => {
    const { files: now } = renamed("places.csv", "place_id", "town", "city");
    expect(now["links.csv"]).toContain("hill,city,70");
    expect(now["control.csv"].match(/^city,/gm)).toHaveLength(2);
    expect(now["forces.csv"]).toContain("gov,city,2020-01-01,10");
    expect(now["interventions.csv"]).toContain("arrive,,gov,city");
    expect(now["accounts/x.toml"]).toContain('"forces.gov.city.2020-01-01"');
    expect(Object.values(now).join()).not.toContain("town");
    expect(renamed("places.csv", "place_id", "hill", "peak").files["scenario.toml"]).toBe(named["scenario.toml"].replaceAll("hill", "peak"));
  });
  it("of an actor goes to all that name it and to the command that it is, not into words", () => {
    const { files: now } = renamed("actors.csv", "id", "gov", "army");
    expect(now["commands.csv"]).toBe(named["commands.csv"].replace("gov", "army"));
    expect(now["forces.csv"]).toBe(named["forces.csv"].replaceAll("gov", "army"));
    expect(now["claims.csv"]).toBe("id,subject,object,statement\nC1,army,front,gov and C1\nC10,army,,x\n");
    expect(now["interventions.csv"]).toBe("id,path,actor,place_id,basis\nguns,actors.army.supply,,,C1; assumed: gov\narrive,,army,town,C1\n");
    expect(now["scenario.toml"]).toBe(named["scenario.toml"].replace('good = ["gov"]', 'good = ["army"]').replace("control.gov", "control.army"));
    expect(now["accounts/x.toml"]).toBe(named["accounts/x.toml"].replaceAll(".gov.", ".army."));
    expect(now["control.csv"]).not.toContain("gov");
  });
  it("of a claim goes to what rests on it, not to claims that begin like it", () => {
    const { files: now } = renamed("claims.csv", "id", "C1", "D7");
    expect(now["forces.csv"]).toContain("100,D7");
    expect(now["forces.csv"]).toContain("10,C10");
    expect(now["interventions.csv"]).toContain("D7; assumed: gov");
    expect(now["accounts/x.toml"]).toBe(named["accounts/x.toml"].replace('["C1",', '["D7",').replace("C10; C1", "C10; D7"));
    expect(renamed("interventions.csv", "id", "guns", "arms").files["accounts/x.toml"]).toContain("interventions.arms.value");
  });
  it("is left alone where it is no id, or another row's", () => {
    const draft = new Draft(named);
    draft.set("places.csv", 1, "place_id", "hill");
    expect(carry_over(draft, "places.csv", "town", "hill")).toBe(false);
    expect(carry_over(draft, "places.csv", "town", "a town")).toBe(false);
    expect(draft.files["links.csv"]).toBe(files["links.csv"]);
  });
});
