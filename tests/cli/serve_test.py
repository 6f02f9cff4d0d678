"""truel serve, as a browser and as somebody hostile would use it."""
import http.client
import json
import signal
import subprocess
import threading
import time
import unittest
import urllib.parse
from program import ProgramTest, ROOT, TRUEL

WAR = ROOT / "scenarios" / "published" / "three-way-combat"


class Serve(ProgramTest):
    def setUp(self):
        super().setUp()
        self.truel("new", "war")
        self.server = subprocess.Popen([TRUEL, "serve", "war", str(WAR)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end)
        self.link = self.server.stdout.readline().strip()
        link = urllib.parse.urlsplit(self.link)
        self.port = link.port
        self.token = urllib.parse.parse_qs(link.query)["token"][0]

    def end(self):
        self.server.kill()
        self.server.communicate()

    def call(self, method, path, body=None, headers=None, token=True):
        """Status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.addCleanup(connection.close)
        given = {"Authorization": f"Bearer {self.token}"} if token else {}
        connection.request(method, path, body, {**given, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def ask(self, war=0, **question):
        status, _, body = self.call("POST", f"/api/wars/{war}/what-if", json.dumps(question))
        self.assertEqual(status, 200, body)
        return [json.loads(line) for line in body.splitlines()]

    def test_answers_come_in_and_end_with_what_compare_prints(self):
        change = "actors.government.supply=0.5"
        told = self.ask(settings=[change], pairs=40)
        self.assertEqual([one["runs"] for one in told], [4, 8, 16, 32, 40])
        compared = json.loads(self.truel("compare", "war", "--set-b", change, "--runs", 40, "--seed", 1, "--json").stdout)
        self.assertEqual([{k: o.get(k) for k in ("outcome", "a", "b", "difference", "low", "high")} for o in told[-1]["outcomes"]],
                         [{k: o.get(k) for k in ("outcome", "a", "b", "difference", "low", "high")} for o in compared["outcomes"]])
        self.assertEqual(len(self.ask(settings=[change], pairs=40)), 1)  # what is known is told at once

    def test_accounts_stand_on_either_side(self):
        one = self.ask(accounts=["proxy"], pairs=20)[-1]
        other = self.ask(against=["proxy"], pairs=20)[-1]
        self.assertFalse(one["same"])
        self.assertEqual([o["a"] for o in one["outcomes"]], [o["b"] for o in other["outcomes"]])
        self.assertTrue(self.ask(pairs=4)[-1]["same"])

    def test_every_dial_can_be_set_to_both_ends(self):
        status, _, body = self.call("GET", "/api/wars/0")
        self.assertEqual(status, 200)
        dials = json.loads(body)["dials"]
        self.assertGreater(len(dials), 20)
        for end in ("low", "high"):
            wrong = {}
            for dial in dials:
                if dial["kind"] == "number":
                    told = self.ask(settings=[f"{dial['path']}={dial[end]}"], pairs=2)
                    if "errors" in told[0]:
                        wrong[dial["path"]] = told[0]["errors"]
            self.assertEqual(wrong, {})

    def test_mistakes_are_told_with_what_to_do(self):
        told = self.ask(settings=["actors.government.suply=1", "x"])
        self.assertEqual(len(told), 1)
        self.assertIn("did you mean", told[0]["errors"][0]["hint"])
        self.assertEqual(len(told[0]["errors"]), 2)
        for body in ("", "[]", "{", '{"a":1}', '{"settings":1}', '{"settings":[1]}', '{"pairs":1}', '{"pairs":1e9}', '{"pairs":-5}',
                     '{"until":1}', '{"settings":["' + "x" * 400 + '"]}', "[" * 60_000):
            status, _, answer = self.call("POST", "/api/wars/0/what-if", body)
            self.assertEqual(status, 400, body[:50])
            self.assertTrue(json.loads(answer)["errors"][0]["hint"])

    def test_nothing_is_answered_without_the_token_or_to_another_site(self):
        for path in ("/", "/api/wars", "/api/wars/0", "/api/openapi.json", "/nothing"):
            for token in ("", "0" * 32, self.token[:-1], self.token + "0"):
                status, _, body = self.call("GET", f"{path}?token={token}", token=False)
                self.assertEqual(status, 403)
                self.assertNotIn(b"government", body)
        for headers in ({"Host": "evil.example"}, {"Host": f"evil.example:{self.port}"}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
            self.assertEqual(self.call("GET", "/api/wars", headers=headers)[0], 403, headers)
        self.assertEqual(self.call("GET", "/api/wars", headers={"Origin": f"http://127.0.0.1:{self.port}"})[0], 200)

    def test_there_is_no_way_out_of_what_is_served(self):
        for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/api/wars/../../x", "/api/wars/7", "/api/wars/99999999999999999999",
                     "/api/wars/-1", "/api/wars/0x0", "/war/scenario.toml"):
            status, _, body = self.call("GET", path)
            self.assertIn(status, (400, 404), path)
            self.assertNotIn(b"root:", body)
        self.assertEqual(self.call("POST", "/api/wars/0/what-if", "x" * 100_000)[0], 413)
        self.assertEqual(self.call("GET", "/api/wars")[0], 200)

    def test_a_newer_question_of_a_session_ends_the_older_one(self):
        older = []
        asking = threading.Thread(target=lambda: older.extend(self.ask(settings=["actors.government.supply=0.4"], pairs=2000, session="me")))
        asking.start()
        time.sleep(0.3)
        newer = self.ask(settings=["actors.government.supply=0.6"], pairs=8, session="me")
        asking.join()
        self.assertEqual(newer[-1]["runs"], 8)
        self.assertLess(older[-1]["runs"] if older else 0, 2000)

    def test_many_at_once_get_an_answer_each_or_are_told_to_wait(self):
        statuses = []

        def one(number):
            status, _, body = self.call("POST", "/api/wars/0/what-if",
                                        json.dumps({"settings": [f"actors.government.supply=0.{number + 10}"], "pairs": 64}))
            statuses.append((status, json.loads(body.splitlines()[-1])))

        threads = [threading.Thread(target=one, args=(n,)) for n in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(statuses), 50)
        self.assertEqual({status for status, _ in statuses} - {200, 503}, set())
        self.assertTrue(all(told["runs"] == 64 for status, told in statuses if status == 200))
        self.assertEqual(self.call("GET", "/api/wars")[0], 200)

    def test_a_reader_who_goes_away_stops_the_work(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/api/wars/0/what-if", json.dumps({"settings": ["actors.government.supply=0.3"], "pairs": 2000}),
                           {"Authorization": f"Bearer {self.token}"})
        connection.getresponse().readline()
        connection.close()
        self.assertEqual(self.ask(pairs=4)[-1]["runs"], 4)

    def test_ends_at_an_interrupt_with_a_reader_connected(self):
        threading.Thread(target=lambda: self.call_quietly(), daemon=True).start()
        time.sleep(0.2)
        self.server.send_signal(signal.SIGINT)
        self.assertEqual(self.server.wait(timeout=30), 0)

    def call_quietly(self):
        try:
            self.call("POST", "/api/wars/0/what-if", json.dumps({"settings": ["actors.government.supply=0.2"], "pairs": 2000}))
        except (OSError, http.client.HTTPException):
            pass  # the server ends meanwhile

    def test_a_port_that_is_taken_and_a_package_with_mistakes_are_told(self):
        self.assertIn("--port", self.truel("serve", "war", "--port", self.port, status=2).stderr)
        self.assertNotEqual(self.truel("serve", "nowhere", status=2).stderr, "")

    def test_the_page_asks_nobody_but_its_server(self):
        status, headers, body = self.call("GET", "/")
        self.assertEqual(status, 200)
        self.assertIn("text/html", headers["Content-Type"])
        if len(body) > 0:  # a build without the page has none
            self.assertIn(b"default-src 'none'; connect-src 'self';", body)

    def test_the_calls_are_described(self):
        calls = json.loads(self.call("GET", "/api/openapi.json")[2])["paths"]
        self.assertEqual(set(calls), {"/api/wars", "/api/wars/{number}", "/api/wars/{number}/what-if"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
