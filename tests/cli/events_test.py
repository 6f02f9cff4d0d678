"""Event data sets are read by the columns of their releases: UCDP GED of the years, and ACLED's exports. The rows are invented.

TRUEL: the program.
"""
import csv
import json
import unittest

from program import WarTest

GED_LATE = """id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,\
dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,\
source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,\
geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,\
deaths_unknown,best,high,low,gwnoa,gwnob"""
GED_MIDDLE = """id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a_new_id,gwnoa,side_a,\
side_b_new_id,gwnob,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,\
where_coordinates,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,\
date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high"""
GED_EARLY = GED_MIDDLE.replace("_new_id", "_id").replace("low,best,high", "best_est,low_est,high_est")
ACLED_LATE = """event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,\
assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,\
source,source_scale,notes,fatalities,tags,timestamp"""
ACLED_EARLY = """data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,\
inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,\
source_scale,notes,fatalities,timestamp,iso3"""
UCDP = {"type_of_violence": 1, "side_a": "the army", "side_b": "the Front", "where_prec": 1, "date_prec": 1, "latitude": 45.6,
        "longitude": 10.25, "country": "Valley", "deaths_a": 2, "deaths_b": 3, "deaths_civilians": 1, "deaths_unknown": 0, "year": 2020}
ACLED = {"event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "the army", "actor2": "the Front", "geo_precision": 1,
         "time_precision": 1, "latitude": 45.6, "longitude": 10.25, "country": "Valley", "fatalities": 6, "year": 2020}


class Events(WarTest):
    def setUp(self):
        super().setUp()
        (self.folder / "data").mkdir()

    def check(self, name, header, rows, has_names=True):
        columns = header.split(",")
        with (self.folder / "data" / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, extrasaction="ignore")
            if has_names:
                writer.writeheader()
            writer.writerows(rows)
        return self.truel("check", "war", "--observed", "data").stdout

    def scores(self):
        rows = json.loads(self.truel("score", "war", "--observed", "data", "--from", "2020-02-01", "--until", "2020-04-30", "--runs", 2,
                                     "--json", "--quiet").stdout)["windows"]
        return {(r["unit"], r["model"]): r["n"] for r in rows if r["target"] == "deaths"}

    def months(self, event, ids, day):
        """An event at the end of each month from January to April, with what each file calls its number and day."""
        rows = []
        for n, date in enumerate(("2020-01-01", "2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30")):
            row = {**event, **{column: f"{n + 1}" for column in ids}}
            for column in ("date_start", "date_end", "event_date"):
                row[column] = day(date)
            rows.append(row)
        return rows

    def test_ucdp_of_every_release_is_read(self):
        releases = {"late": (GED_LATE, lambda d: d + " 00:00:00.000", "best,low,high"),
                    "middle": (GED_MIDDLE, lambda d: d, "best,low,high"),
                    "early": (GED_EARLY, lambda d: d, "best_est,low_est,high_est")}
        for name, (header, day, deaths) in releases.items():
            with self.subTest(release=name):
                event = {**UCDP, **dict.fromkeys(deaths.split(","), 6)}
                told = self.check("ged.csv", header, self.months(event, ["id"], day))
                self.assertIn("UCDP events", told)
                self.assertNotIn("dropped", told)
                self.assertGreater(self.scores()["dyad-best", "truel"], 0)

    def test_a_release_without_the_line_of_names_is_read_as_with_it(self):
        rows = self.months({**UCDP, "id": 1, "best": 6, "low": 6, "high": 6}, ["id"], lambda d: d + " 00:00:00.000")
        told = self.check("ged.csv", GED_LATE, rows)
        scores = self.scores()
        self.assertEqual(self.check("ged.csv", GED_LATE, rows, has_names=False), told)
        self.assertIn(f"UCDP events, {len(rows)} rows", told)
        self.assertEqual(self.scores(), scores)

    def test_a_folder_with_nothing_to_read_says_what_it_looked_at(self):
        (self.folder / "data" / "ged-csv.zip").write_bytes(b"PK")
        (self.folder / "data" / "NOTES.CSV").write_text("who,what\nme,nothing\n", encoding="utf-8")
        told = self.truel("check", "war", "--observed", "data", status=2).stderr
        self.assertIn("none of events, not even NOTES.CSV", told)
        self.assertIn("unpack an archive", told)

    def test_acled_of_either_export_is_read(self):
        def in_words(date):
            months = "January February March April".split()
            return f"{date[8:]} {months[int(date[5:7]) - 1]} {date[:4]}"
        for name, header, day in (("late", ACLED_LATE, lambda d: d), ("early", ACLED_EARLY, in_words)):
            with self.subTest(export=name):
                told = self.check("acled.csv", header, self.months(ACLED, ["event_id_cnty", "data_id"], day))
                self.assertIn("ACLED events", told)
                self.assertNotIn("dropped", told)
                self.assertGreater(self.scores()["dyad-best", "truel"], 0)

    def test_what_acled_counts_and_is_no_fighting_stays_out_of_dyads(self):
        rows = self.months(ACLED, ["event_id_cnty"], lambda d: d)
        rows.append({**rows[2], "event_id_cnty": "CIV1", "event_type": "Violence against civilians", "sub_event_type": "Attack",
                     "actor2": "Civilians (Valley)"})
        rows.append({**rows[2], "event_id_cnty": "RIO1", "event_type": "Riots", "sub_event_type": "Mob violence",
                     "actor1": "Rioters (Valley)", "actor2": ""})
        told = self.check("acled.csv", ACLED_LATE, rows)
        self.assertIn("one-sided violence", told)
        self.assertIn("Rioters (Valley)", told)


if __name__ == "__main__":
    unittest.main()
