-- The ledger. Numbered migrations, each from its line "-- migration N" to the next; a number is never changed once it was
-- released, a new one is added below. Times are seconds in UTC; NULL: never, none. Texts are UTF-8.

-- migration 1

-- who holds how far a folder was read, by mailbox key and server's folder name
CREATE TABLE folder (
	mailbox TEXT NOT NULL,
	name TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL,
	next_uid INTEGER NOT NULL,
	modseq INTEGER NOT NULL,
	read_at INTEGER NOT NULL,
	PRIMARY KEY (mailbox, name)
) STRICT;

-- every message that was read, once an owner; '' is nobody's. Its content is not kept.
CREATE TABLE letter (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	message_id TEXT NOT NULL,
	class TEXT NOT NULL,
	digest TEXT NOT NULL,              -- of people, thread, subject, date and text: a second copy must be the same
	in_sent INTEGER NOT NULL,          -- it lies in the owner's own Sent folder
	read_at INTEGER NOT NULL,
	UNIQUE (message_id, owner)
) STRICT;

-- where each lies: a second copy is a second place of the same letter
CREATE TABLE place (
	mailbox TEXT NOT NULL,
	folder TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL,
	letter INTEGER NOT NULL REFERENCES letter (id),
	settled INTEGER NOT NULL,          -- marked or moved, as configured
	PRIMARY KEY (mailbox, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_letter ON place (letter);
CREATE INDEX place_unsettled ON place (mailbox, folder, uidvalidity, uid) WHERE settled = 0;

CREATE TABLE commitment (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('candidate', 'open', 'waiting', 'delivered', 'kept', 'cancelled')),
	live INTEGER NOT NULL,
	what TEXT NOT NULL,
	words TEXT NOT NULL,
	subject TEXT NOT NULL,
	message_id TEXT NOT NULL,
	reference_ids TEXT NOT NULL,       -- of its letter, parted by spaces
	letter INTEGER REFERENCES letter (id),
	policy TEXT NOT NULL,
	team TEXT NOT NULL,
	noreply INTEGER NOT NULL,
	every TEXT NOT NULL,
	made INTEGER NOT NULL,
	due INTEGER NOT NULL,
	due_words TEXT NOT NULL,
	due_error TEXT NOT NULL,
	due_set INTEGER NOT NULL,
	snoozed INTEGER,
	closed INTEGER,
	answered INTEGER,                  -- the counterpart's newest real answer
	note TEXT NOT NULL,
	uid TEXT NOT NULL UNIQUE,
	sequence INTEGER NOT NULL,
	entry_at INTEGER,
	acknowledged INTEGER,
	look_at INTEGER,
	version INTEGER NOT NULL
) STRICT;
CREATE INDEX commitment_look ON commitment (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX commitment_owner ON commitment (owner, live, due);
CREATE INDEX commitment_letter ON commitment (letter) WHERE letter IS NOT NULL;

CREATE TABLE commitment_to (
	commitment INTEGER NOT NULL REFERENCES commitment (id),
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	address TEXT NOT NULL,             -- lower case
	PRIMARY KEY (commitment, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_to_address ON commitment_to (address);

-- the messages of each commitment's conversation
CREATE TABLE thread (
	message_id TEXT NOT NULL,
	commitment INTEGER NOT NULL REFERENCES commitment (id),
	PRIMARY KEY (message_id, commitment)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_commitment ON thread (commitment);

-- the outbox: frozen bytes
CREATE TABLE outgoing (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	kind TEXT NOT NULL,
	recipient TEXT NOT NULL,
	outside INTEGER NOT NULL,
	answers INTEGER NOT NULL,          -- an answer to something the owner just did: no quiet hours
	state TEXT NOT NULL CHECK (state IN ('held', 'ready', 'begun', 'sent', 'failed', 'unsure', 'void')),
	subject TEXT NOT NULL,
	sender TEXT NOT NULL,
	message_id TEXT NOT NULL UNIQUE,
	token TEXT NOT NULL UNIQUE,
	bytes BLOB NOT NULL,
	made INTEGER NOT NULL,
	try_at INTEGER,                    -- ready: not before
	tries INTEGER NOT NULL,
	begun INTEGER,
	sent INTEGER,
	why TEXT NOT NULL                  -- what was last said of it
) STRICT;
CREATE INDEX outgoing_ready ON outgoing (try_at) WHERE state = 'ready';
CREATE INDEX outgoing_state ON outgoing (state, id);
CREATE INDEX outgoing_sent ON outgoing (sent) WHERE sent IS NOT NULL;
CREATE INDEX outgoing_recipient ON outgoing (recipient, sent);

CREATE TABLE outgoing_about (
	outgoing INTEGER NOT NULL REFERENCES outgoing (id),
	commitment INTEGER NOT NULL REFERENCES commitment (id),
	PRIMARY KEY (outgoing, commitment)
) STRICT, WITHOUT ROWID;
CREATE INDEX outgoing_about_commitment ON outgoing_about (commitment);

-- messages that claim to be the owner's and cannot prove it, or cannot be read: their facts, until the owner decides
CREATE TABLE held (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	letter INTEGER NOT NULL REFERENCES letter (id),
	at INTEGER NOT NULL,
	reason TEXT NOT NULL,
	sender TEXT NOT NULL,
	subject TEXT NOT NULL,
	mailbox TEXT NOT NULL,
	folder TEXT NOT NULL,
	facts BLOB NOT NULL,               -- letter_pack()
	state TEXT NOT NULL CHECK (state IN ('held', 'accepted', 'dropped')),
	told INTEGER                       -- the owner heard of it
) STRICT;
CREATE INDEX held_open ON held (owner, id) WHERE state = 'held';
CREATE INDEX held_letter ON held (letter);

-- the record: append-only, each row's mac holds the one before (record.h)
CREATE TABLE event (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	owner TEXT NOT NULL,
	word TEXT NOT NULL,
	commitment INTEGER,
	outgoing INTEGER,
	letter INTEGER,
	detail TEXT NOT NULL,
	before TEXT NOT NULL,              -- the commitment as it was, for undo; '' where there is nothing to undo
	undoes INTEGER UNIQUE,             -- the event that this one took back
	mac BLOB NOT NULL
) STRICT;
CREATE INDEX event_commitment ON event (commitment, id) WHERE commitment IS NOT NULL;
CREATE INDEX event_owner ON event (owner, id);
CREATE INDEX event_unknown ON event (owner, at) WHERE word = 'unknown';
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

-- addresses that bounced: nothing automatic goes there
CREATE TABLE bounced (
	address TEXT PRIMARY KEY,
	at INTEGER NOT NULL,
	status TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- what is known of each owner's state
CREATE TABLE owner (
	key TEXT PRIMARY KEY,
	welcomed INTEGER,
	paused INTEGER,                    -- no reminders before
	held_told INTEGER                  -- when held messages were last told of
) STRICT, WITHOUT ROWID;

-- one row a loop that must beat, and the times that concern the whole (name 'alive')
CREATE TABLE beat (
	name TEXT PRIMARY KEY,
	at INTEGER NOT NULL,
	state TEXT NOT NULL                -- 'ok', or what is wrong, a sentence
) STRICT, WITHOUT ROWID;

-- migration 2

-- material that promises are kept with; a file is the one of its digest
CREATE TABLE resource (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	title TEXT NOT NULL,
	link TEXT NOT NULL,
	file TEXT NOT NULL,
	digest TEXT NOT NULL,
	about TEXT NOT NULL,
	tags TEXT NOT NULL,                -- a line each
	languages TEXT NOT NULL,           -- a line each
	approved_by TEXT NOT NULL,         -- '': it waits
	approved INTEGER,
	until INTEGER,
	made INTEGER NOT NULL,
	retired INTEGER
) STRICT;
CREATE INDEX resource_live ON resource (id) WHERE retired IS NULL;
CREATE INDEX resource_place ON resource (file, link) WHERE retired IS NULL;
-- its words, folded, to be searched; rowid is the resource's
CREATE VIRTUAL TABLE resource_words USING fts5 (words, tokenize = 'unicode61 remove_diacritics 0');

-- migration 3

-- the [kept …] in its subject, or '': answers carry a subject on, and then the tag is not their writer's
ALTER TABLE letter ADD COLUMN subject_tag TEXT NOT NULL DEFAULT '';
-- a copy under another Message-ID is found by what it says
CREATE INDEX letter_digest ON letter (digest);
-- a held message is forgotten a month after its owner heard of it, and a flood of them is told once a day
CREATE INDEX held_owner ON held (owner, at);
CREATE INDEX event_flooded ON event (owner, at) WHERE word = 'flooded';

-- migration 4

-- how others end their letters (tail.h), so that it is not read as what they answer
CREATE TABLE tail (
	sender TEXT PRIMARY KEY,           -- lower case
	marks TEXT NOT NULL,               -- a line's each, the last line first, parted by spaces
	letters INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- migration 5

-- people that things are promised to, as far as something is noted of them
CREATE TABLE contact (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	name TEXT NOT NULL,
	language TEXT NOT NULL,            -- '': the owner's
	zone TEXT NOT NULL,                -- '': the owner's
	stage TEXT NOT NULL,
	segment TEXT NOT NULL,
	consent TEXT NOT NULL,
	why TEXT NOT NULL,                 -- of that consent
	automatic TEXT NOT NULL,           -- kinds of mail that go without a word, parted by spaces
	absent INTEGER,                    -- they are back then
	absent_since INTEGER,              -- when that was learnt
	made INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_owner ON contact (owner, id);
CREATE TABLE contact_address (
	owner TEXT NOT NULL,
	address TEXT NOT NULL,             -- lower case
	contact INTEGER NOT NULL REFERENCES contact (id),
	PRIMARY KEY (owner, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_address_contact ON contact_address (contact);

ALTER TABLE commitment ADD COLUMN request TEXT NOT NULL DEFAULT '';  -- what they wrote, which it answered
ALTER TABLE commitment ADD COLUMN told INTEGER;                      -- the due time that they were told last
ALTER TABLE commitment ADD COLUMN written INTEGER NOT NULL DEFAULT 1;  -- they have it in writing
ALTER TABLE commitment ADD COLUMN delivered INTEGER;
ALTER TABLE commitment ADD COLUMN frozen INTEGER;                    -- a possible adverse event was mentioned

-- consent: the mail that an approval asks about, and the owner's word on a mail to outside
ALTER TABLE outgoing ADD COLUMN approves INTEGER REFERENCES outgoing (id);
ALTER TABLE outgoing ADD COLUMN word TEXT NOT NULL DEFAULT '';       -- 'send', 'skip', 'edit', 'auto'; '': none yet
CREATE INDEX outgoing_approves ON outgoing (approves) WHERE approves IS NOT NULL;
-- material that a mail holds, as it was then
CREATE TABLE outgoing_resource (
	outgoing INTEGER NOT NULL REFERENCES outgoing (id),
	resource INTEGER NOT NULL REFERENCES resource (id),
	digest TEXT NOT NULL,
	PRIMARY KEY (outgoing, resource)
) STRICT, WITHOUT ROWID;
CREATE INDEX outgoing_resource_resource ON outgoing_resource (resource);

-- what others owe the owner
CREATE TABLE theirs (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	commitment INTEGER REFERENCES commitment (id),
	address TEXT NOT NULL,
	name TEXT NOT NULL,
	what TEXT NOT NULL,
	until INTEGER,                     -- as they said
	letter INTEGER NOT NULL REFERENCES letter (id),
	at INTEGER NOT NULL,
	closed INTEGER
) STRICT;
CREATE INDEX theirs_open ON theirs (owner, id) WHERE closed IS NULL;
CREATE INDEX theirs_letter ON theirs (letter);

-- migration 6

-- mail to outside that waits for its owner's word as a draft in their own mailbox
CREATE TABLE draft (
	outgoing INTEGER PRIMARY KEY REFERENCES outgoing (id),
	mailbox TEXT NOT NULL,             -- its key in the configuration
	folder TEXT NOT NULL,              -- as the server calls it
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL,              -- 0: the server did not say
	digest TEXT NOT NULL,              -- of the message as the server gives it: one that its owner changed has another
	laid INTEGER,                      -- NULL: it could not be laid, and the owner was asked by mail
	missed INTEGER,                    -- since when it is not found there
	gone INTEGER,                      -- it lies there no more, or is the owner's now
	why TEXT NOT NULL                  -- of that
) STRICT;
CREATE INDEX draft_lies ON draft (mailbox, outgoing) WHERE gone IS NULL;

-- migration 7

-- since when a promise is with its team, when that answered last, and until when it asked for time
ALTER TABLE commitment ADD COLUMN team_since INTEGER;
ALTER TABLE commitment ADD COLUMN team_answered INTEGER;
ALTER TABLE commitment ADD COLUMN team_until INTEGER;

-- migration 8

-- until when each team was told what was promised and shared
CREATE TABLE team (
	key TEXT PRIMARY KEY,              -- in the configuration
	digested INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- migration 9

-- what is forwarded twice is one resource
CREATE INDEX resource_digest ON resource (digest) WHERE retired IS NULL;

-- migration 10

-- what a person wants to hear of
CREATE TABLE interest (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	contact INTEGER NOT NULL REFERENCES contact (id),
	topic TEXT NOT NULL,
	until INTEGER NOT NULL,
	commitment INTEGER REFERENCES commitment (id), -- in whose conversation they asked for it
	letter INTEGER REFERENCES letter (id),         -- in which the owner said so; NULL: by hand
	at INTEGER NOT NULL,
	closed INTEGER
) STRICT;
CREATE INDEX interest_contact ON interest (contact, id);
CREATE INDEX interest_live ON interest (until) WHERE closed IS NULL;
CREATE INDEX interest_commitment ON interest (commitment);
CREATE INDEX interest_letter ON interest (letter);
-- what was proposed to an owner, for whom: once
CREATE TABLE proposed (
	resource INTEGER NOT NULL REFERENCES resource (id),
	contact INTEGER NOT NULL REFERENCES contact (id),
	owner TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (resource, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposed_owner ON proposed (owner, at);
CREATE INDEX proposed_contact ON proposed (contact);
-- when it was held against what people want to hear of; NULL: not since its approval
ALTER TABLE resource ADD COLUMN weighed INTEGER;
UPDATE resource SET weighed = made;
CREATE INDEX resource_unweighed ON resource (id) WHERE weighed IS NULL AND approved IS NOT NULL AND retired IS NULL;

-- migration 11

-- how to deal with each person
ALTER TABLE contact ADD COLUMN channel TEXT NOT NULL DEFAULT '';     -- '' or 'mail': mail
ALTER TABLE contact ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN go_between TEXT NOT NULL DEFAULT '';  -- segment 'indirect': who is between
ALTER TABLE contact ADD COLUMN cadence_ideal INTEGER NOT NULL DEFAULT 0;  -- days; 0: that of their stage
ALTER TABLE contact ADD COLUMN cadence_latest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN decides TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN expects TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN conflict TEXT NOT NULL DEFAULT '';    -- of interest: a line in mails to them
ALTER TABLE contact ADD COLUMN proposed TEXT NOT NULL DEFAULT '';    -- the stage that the owner was told of as the next
ALTER TABLE contact_address ADD COLUMN position INTEGER NOT NULL DEFAULT 0; -- the least one is shown
-- one person was noted twice: this one's rows stay, and are read as those of that one
ALTER TABLE contact ADD COLUMN merged INTEGER REFERENCES contact (id);
CREATE INDEX contact_merged ON contact (merged) WHERE merged IS NOT NULL;
-- two that look like one person, and are not: the owner said so
CREATE TABLE contact_apart (
	contact INTEGER NOT NULL REFERENCES contact (id),
	other INTEGER NOT NULL REFERENCES contact (id),   -- the greater id
	PRIMARY KEY (contact, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_apart_other ON contact_apart (other);

CREATE TABLE need (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	contact INTEGER NOT NULL REFERENCES contact (id),
	term TEXT NOT NULL CHECK (term IN ('short', 'mid', 'long')),
	text TEXT NOT NULL,
	look INTEGER,                      -- to be looked at again then
	at INTEGER NOT NULL,
	closed INTEGER
) STRICT;
CREATE INDEX need_contact ON need (contact, id);
CREATE INDEX need_look ON need (look) WHERE look IS NOT NULL AND closed IS NULL;

-- when owner and person spoke: each letter of either that was read, and what was no mail, by hand
CREATE TABLE exchange (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	contact INTEGER NOT NULL REFERENCES contact (id),
	at INTEGER NOT NULL,
	channel TEXT NOT NULL,
	direction TEXT NOT NULL CHECK (direction IN ('theirs', 'ours', 'both')),
	text TEXT NOT NULL,
	letter INTEGER REFERENCES letter (id)
) STRICT;
CREATE INDEX exchange_contact ON exchange (contact, at);
CREATE UNIQUE INDEX exchange_letter ON exchange (letter, contact) WHERE letter IS NOT NULL;

CREATE TABLE note (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	contact INTEGER NOT NULL REFERENCES contact (id),
	at INTEGER NOT NULL,
	text TEXT NOT NULL
) STRICT;
CREATE INDEX note_contact ON note (contact, id);

CREATE TABLE insight (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	contact INTEGER NOT NULL REFERENCES contact (id),
	text TEXT NOT NULL,
	at INTEGER NOT NULL,
	told INTEGER                       -- they heard what came of it
) STRICT;
CREATE INDEX insight_contact ON insight (contact, id);

-- what they work on
CREATE TABLE work (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	contact INTEGER NOT NULL REFERENCES contact (id),
	title TEXT NOT NULL,
	link TEXT NOT NULL,
	at INTEGER NOT NULL,
	letter INTEGER REFERENCES letter (id)
) STRICT;
CREATE INDEX work_contact ON work (contact, id);
CREATE INDEX work_letter ON work (letter) WHERE letter IS NOT NULL;

-- when its owner was asked whether it goes on; and which one a share is covered by
ALTER TABLE interest ADD COLUMN asked INTEGER;
ALTER TABLE outgoing_resource ADD COLUMN interest INTEGER REFERENCES interest (id);
CREATE INDEX outgoing_resource_interest ON outgoing_resource (interest) WHERE interest IS NOT NULL;

-- whoever something was promised to is noted
INSERT INTO contact (owner, name, language, zone, stage, segment, consent, why, automatic, made)
	SELECT c.owner, max(t.name), '', '', '', 'direct', 'open', t.address, '', min(c.made)
	FROM commitment_to t JOIN commitment c ON c.id = t.commitment
	WHERE c.state <> 'candidate' AND NOT EXISTS (SELECT 1 FROM contact_address a WHERE a.owner = c.owner AND a.address = t.address)
	GROUP BY c.owner, t.address;
INSERT INTO contact_address (owner, address, contact)
	SELECT c.owner, c.why, c.id FROM contact c WHERE NOT EXISTS (SELECT 1 FROM contact_address a WHERE a.contact = c.id);
UPDATE contact SET why = '' WHERE EXISTS (SELECT 1 FROM contact_address a WHERE a.contact = contact.id AND a.address = contact.why);
-- … and so is what is known of their exchanges
INSERT INTO exchange (contact, at, channel, direction, text, letter)
	SELECT a.contact, min(c.made), 'mail', 'ours', '', c.letter
	FROM commitment c JOIN commitment_to t ON t.commitment = c.id JOIN contact_address a ON a.owner = c.owner AND a.address = t.address
	WHERE c.state <> 'candidate' AND c.letter IS NOT NULL GROUP BY a.contact, c.letter;
INSERT INTO exchange (contact, at, channel, direction, text)
	SELECT a.contact, c.answered, 'mail', 'theirs', ''
	FROM commitment c JOIN commitment_to t ON t.commitment = c.id JOIN contact_address a ON a.owner = c.owner AND a.address = t.address
	WHERE c.answered IS NOT NULL AND t.position = 0 GROUP BY a.contact, c.answered;
INSERT INTO exchange (contact, at, channel, direction, text)
	SELECT a.contact, o.sent, 'mail', 'ours', ''
	FROM outgoing o JOIN contact_address a ON a.owner = o.owner AND a.address = o.recipient
	WHERE o.outside = 1 AND o.sent IS NOT NULL;

-- migration 12

-- meetings with people outside
CREATE TABLE checkin (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	uid TEXT NOT NULL UNIQUE,
	sequence INTEGER NOT NULL,         -- of the object as it is now
	stamp INTEGER NOT NULL,            -- … and since when it is so
	state TEXT NOT NULL CHECK (state IN ('proposed', 'invited', 'confirmed', 'declined', 'cancelled')),
	start INTEGER NOT NULL,            -- of a series: the first
	minutes INTEGER NOT NULL,
	zone TEXT NOT NULL,                -- in whose wall clock it is written
	rrule TEXT NOT NULL,               -- '': once
	purpose TEXT NOT NULL,
	agenda TEXT NOT NULL,
	link TEXT NOT NULL,
	place TEXT NOT NULL,
	commitment INTEGER REFERENCES commitment (id),  -- that it came of
	made INTEGER NOT NULL,
	entry INTEGER NOT NULL             -- sequence of the object that the owner got last; -1: none
) STRICT;
CREATE INDEX checkin_owner ON checkin (owner, start);
CREATE INDEX checkin_commitment ON checkin (commitment) WHERE commitment IS NOT NULL;
-- whom they were invited with, and what each answered: to the whole (recurrence 0), or to one of a series
CREATE TABLE checkin_attendee (
	checkin INTEGER NOT NULL REFERENCES checkin (id),
	recurrence INTEGER NOT NULL,
	address TEXT NOT NULL,             -- lower case
	name TEXT NOT NULL,
	partstat TEXT NOT NULL,            -- RFC 5545 3.2.12
	comment TEXT NOT NULL,
	answered_sequence INTEGER NOT NULL,
	answered INTEGER,                  -- DTSTAMP of their newest answer
	delegated_to TEXT NOT NULL,
	counter INTEGER,                   -- the start that they propose instead
	counter_minutes INTEGER NOT NULL,
	PRIMARY KEY (checkin, recurrence, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX checkin_attendee_address ON checkin_attendee (address);
-- of a series, what takes place at another time, or (start NULL) not
CREATE TABLE checkin_exception (
	checkin INTEGER NOT NULL REFERENCES checkin (id),
	recurrence INTEGER NOT NULL,       -- the start it would have had
	start INTEGER,
	PRIMARY KEY (checkin, recurrence)
) STRICT, WITHOUT ROWID;
-- the mail about it
ALTER TABLE outgoing ADD COLUMN checkin INTEGER REFERENCES checkin (id);
CREATE INDEX outgoing_checkin ON outgoing (checkin, id) WHERE checkin IS NOT NULL;
-- the digest of a mail's bytes as they were frozen
CREATE INDEX event_queued ON event (outgoing) WHERE word = 'queued';

-- migration 13

-- a calendar of an owner's
CREATE TABLE calendar (
	key TEXT PRIMARY KEY,              -- in the configuration
	address TEXT NOT NULL,             -- digest of where it is read: another one is read anew
	etag TEXT NOT NULL,                -- of what was read of it last; '': none
	read_at INTEGER,                   -- when that was found to be so still
	until INTEGER,                     -- busy times are known till then
	findings TEXT NOT NULL,            -- what of it could not be read, a line each
	collection TEXT NOT NULL,          -- kept's own one, once it is found: its path on the server
	token TEXT NOT NULL,               -- of the newest sync (RFC 6578)
	failed INTEGER,                    -- since when it cannot be reached
	told INTEGER,                      -- when its owner heard so
	why TEXT NOT NULL                  -- of that
) STRICT, WITHOUT ROWID;
-- when its owner has no time
CREATE TABLE busy (
	calendar TEXT NOT NULL,
	start INTEGER NOT NULL,
	till INTEGER NOT NULL,
	PRIMARY KEY (calendar, start)
) STRICT, WITHOUT ROWID;
-- what of kept's lies in a collection: how it was when both sides were alike
CREATE TABLE calendar_object (
	calendar TEXT NOT NULL,
	name TEXT NOT NULL,                -- its last part of the address there, made of the number of what it is of
	commitment INTEGER REFERENCES commitment (id),
	checkin INTEGER REFERENCES checkin (id),
	etag TEXT NOT NULL,                -- '': not known to lie there
	due INTEGER NOT NULL,              -- or the start of a check-in
	done INTEGER NOT NULL,
	what TEXT NOT NULL,
	digest TEXT NOT NULL,              -- of all that kept wrote
	PRIMARY KEY (calendar, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_object_commitment ON calendar_object (commitment);
CREATE INDEX calendar_object_checkin ON calendar_object (checkin);

-- migration 14

-- a day that they were told passed before they were told another; or they were told a later one in time
ALTER TABLE commitment ADD COLUMN missed INTEGER;
ALTER TABLE commitment ADD COLUMN moved INTEGER;

-- migration 15

-- whom a mail to an owner names: with a check-in that is proposed in it, or as one whom they met
CREATE TABLE outgoing_named (
	outgoing INTEGER NOT NULL REFERENCES outgoing (id),
	address TEXT NOT NULL,             -- lower case
	name TEXT NOT NULL,
	checkin INTEGER REFERENCES checkin (id),
	PRIMARY KEY (outgoing, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX outgoing_named_checkin ON outgoing_named (checkin) WHERE checkin IS NOT NULL;
-- when check-ins were proposed last, and when they were asked whom they met
ALTER TABLE owner ADD COLUMN proposed INTEGER;
ALTER TABLE owner ADD COLUMN swept INTEGER;
CREATE INDEX checkin_series ON checkin (owner) WHERE rrule <> '' AND state <> 'cancelled';

-- migration 16

-- a mail that tells somebody what came of what they told: when it has left, they have heard it
CREATE TABLE outgoing_insight (
	outgoing INTEGER NOT NULL REFERENCES outgoing (id),
	insight INTEGER NOT NULL REFERENCES insight (id),
	PRIMARY KEY (outgoing, insight)
) STRICT, WITHOUT ROWID;
CREATE INDEX outgoing_insight_insight ON outgoing_insight (insight);

-- migration 17

-- until when each owner's newest review looked back
ALTER TABLE owner ADD COLUMN reviewed INTEGER;

-- migration 18

-- when each owner's newest morning was seen to: its agenda made, or not needed
ALTER TABLE owner ADD COLUMN agenda INTEGER;

-- migration 19

-- whom the owner of a calendar meets then, of those outside: what the sweep asks after
CREATE TABLE meeting (
	calendar TEXT NOT NULL,
	start INTEGER NOT NULL,
	till INTEGER NOT NULL,
	uid TEXT NOT NULL,
	address TEXT NOT NULL,             -- lower case
	name TEXT NOT NULL,
	title TEXT NOT NULL,
	PRIMARY KEY (calendar, start, uid, address)
) STRICT, WITHOUT ROWID;

-- migration 20

-- trust challenges: a week each
CREATE TABLE challenge (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	start INTEGER NOT NULL,
	ended INTEGER,                     -- NULL: it runs
	stopped INTEGER NOT NULL,          -- by the owner's word, before its time
	told INTEGER NOT NULL              -- the civil day until which lines were told
) STRICT;
CREATE INDEX challenge_owner ON challenge (owner, id);
CREATE UNIQUE INDEX challenge_runs ON challenge (owner) WHERE ended IS NULL;

-- migration 21

-- the mail that has a challenge's report, and what its owner answered to it, in their own words
ALTER TABLE challenge ADD COLUMN report INTEGER REFERENCES outgoing (id);
ALTER TABLE challenge ADD COLUMN reflection TEXT NOT NULL DEFAULT '';
CREATE INDEX challenge_report ON challenge (report) WHERE report IS NOT NULL;

-- migration 22

-- a person's erasure takes the texts of a row of the record: its mac stays, which the next one holds
ALTER TABLE event ADD COLUMN erased INTEGER;  -- the event of that erasure
ALTER TABLE event ADD COLUMN rest BLOB;       -- the mac over what is left of it
DROP TRIGGER event_stays;
CREATE TRIGGER event_stays BEFORE UPDATE ON event WHEN OLD.erased IS NOT NULL OR NEW.erased IS NULL OR NEW.detail <> '' OR NEW.before <> ''
	OR NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.owner <> OLD.owner OR NEW.word <> OLD.word OR NEW.mac <> OLD.mac
	OR NEW.commitment IS NOT OLD.commitment OR NEW.outgoing IS NOT OLD.outgoing OR NEW.letter IS NOT OLD.letter OR NEW.undoes IS NOT OLD.undoes
	BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
-- who is never to be written to again, nor noted by a file: a keyed hash of each address
CREATE TABLE erased (
	owner TEXT NOT NULL,
	mark TEXT NOT NULL,
	contact INTEGER NOT NULL,          -- the number that they had
	at INTEGER NOT NULL,
	PRIMARY KEY (owner, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX theirs_address ON theirs (owner, address);

-- migration 23

-- whose holidays are theirs; '': those of their zone's country
ALTER TABLE contact ADD COLUMN country TEXT NOT NULL DEFAULT '';
