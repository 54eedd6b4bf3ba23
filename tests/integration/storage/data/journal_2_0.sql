BEGIN TRANSACTION;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
INSERT INTO "about" VALUES('major','2');
INSERT INTO "about" VALUES('minor','0');
CREATE TABLE facts (
    kind TEXT NOT NULL, key TEXT NOT NULL, at TEXT, body TEXT NOT NULL, checksum INTEGER, UNIQUE (kind, key)
);
INSERT INTO "facts" VALUES('deliveries','f2b3a12714753f3d649a','2026-03-02T12:00:00+00:00','{"activity":{"sport":"run","start":"2026-03-02T12:00:00+00:00","elapsed_time":1800,"distance":5000,"device":"fr255","manufacturer":"garmin","serial_number":"1","incomplete":false,"origin":"file"},"learned":"2026-03-09T12:00:00+00:00","day":"2026-03-02","live":false,"chosen_firmly":false}',435207738);
INSERT INTO "facts" VALUES('deliveries','911c694da1958a89c733','2026-03-03T12:00:00+00:00','{"activity":{"sport":"run","start":"2026-03-03T12:00:00+00:00","elapsed_time":1800,"distance":6000,"device":"Phone tracker","incomplete":false,"origin":"file"},"learned":"2026-03-09T12:00:00+00:00","day":"2026-03-03","live":false,"chosen_firmly":false}',3941396091);
INSERT INTO "facts" VALUES('deliveries','b27013562df23a365b7c','2026-03-04T12:00:00+00:00','{"activity":{"sport":"run","start":"2026-03-04T12:00:00+00:00","elapsed_time":1800,"distance":7000,"incomplete":false,"origin":"file"},"learned":"2026-03-09T12:00:00+00:00","day":"2026-03-04","live":false,"chosen_firmly":false}',1587540477);
INSERT INTO "facts" VALUES('deliveries','2abf07747363ec5832a8','2026-03-05T12:00:00+00:00','{"activity":{"sport":"run","start":"2026-03-05T12:00:00+00:00","elapsed_time":1800,"distance":8000,"device":"Cloud","incomplete":false,"origin":"file","origin_id":"17"},"learned":"2026-03-09T12:00:00+00:00","day":"2026-03-05","live":false,"chosen_firmly":false}',3803541759);
INSERT INTO "facts" VALUES('deliveries','605ebde762e508dc6f6d','2026-03-06T12:00:00+00:00','{"activity":{"sport":"run","start":"2026-03-06T12:00:00+00:00","elapsed_time":1800,"distance":9000,"device":"fr255","manufacturer":"garmin","incomplete":false,"origin":"file"},"learned":"2026-03-09T12:00:00+00:00","day":"2026-03-06","live":false,"chosen_firmly":false}',2340213924);
INSERT INTO "facts" VALUES('deliveries','aedf7debc9f3a9a4b93d','2026-03-07T12:00:00+00:00','{"activity":{"sport":"other","start":"2026-03-07T12:00:00+00:00","elapsed_time":1800,"distance":6000,"device":"Phone tracker","incomplete":false,"origin":"file"},"learned":"2026-03-09T12:00:00+00:00","day":"2026-03-07","live":false,"chosen_firmly":false}',3138080010);
INSERT INTO "facts" VALUES('deliveries','abd1ad0446b8bcf9d5a6','2026-03-08T12:00:00+00:00','{"activity":{"sport":"other","start":"2026-03-08T12:00:00+00:00","elapsed_time":1800,"distance":10000,"device":"Phone tracker","incomplete":false,"origin":"file"},"learned":"2026-03-09T12:00:00+00:00","day":"2026-03-08","live":false,"chosen_firmly":false}',161336882);
INSERT INTO "facts" VALUES('corrections','911c694da1958a89c733@2026-03-09T12:00:00+00:00','2026-03-09T12:00:00+00:00','{"activity":"911c694da1958a89c733","at":"2026-03-09T12:00:00+00:00","distance":6500.0,"removed":false}',3201803302);
CREATE TABLE set_aside (kind TEXT, key TEXT, at TEXT, body TEXT, checksum INTEGER);
COMMIT;
