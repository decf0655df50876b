-- One row a call, without any text of it. Columns of the begin come from its intent or refusal, columns of the end from its
-- outcome, interruption or refusal; each half remembers the place of the record it came from, and the later place wins.
CREATE TABLE calls (
    started_at        timestamptz NOT NULL, -- the time in the trace id
    trace_id          uuid        NOT NULL,
    begin_log         uuid,
    begin_sequence    bigint,
    end_log           uuid,
    end_sequence      bigint,
    tenant            text COLLATE "C",
    environment       text COLLATE "C",
    key_id            text COLLATE "C",
    workflow          text COLLATE "C",
    audience          text COLLATE "C",
    snapshot          text COLLATE "C",
    profile           text COLLATE "C",
    model             text COLLATE "C",
    stream            boolean,
    run_digest        bytea,                -- keyed: what an app calls a run may say who it is about
    replaced          integer,              -- stretches of the request that were replaced
    verdict           text COLLATE "C" NOT NULL,
    status            integer,
    finish            text COLLATE "C",
    code              text COLLATE "C",
    target            text COLLATE "C",     -- of the last attempt
    provider_model    text COLLATE "C",
    attempts          integer,
    findings          integer,
    prompt_tokens     bigint,
    completion_tokens bigint,
    cost_micros       bigint,               -- millionths of the unit of the price table; null where it has no price
    duration_micros   bigint,
    ended_at          timestamptz,
    PRIMARY KEY (started_at, trace_id)
) PARTITION BY RANGE (started_at);

CREATE INDEX calls_trace    ON calls (trace_id);
CREATE INDEX calls_tenant   ON calls (tenant, started_at);
CREATE INDEX calls_workflow ON calls (workflow, started_at);
CREATE INDEX calls_snapshot ON calls (snapshot, started_at);
CREATE INDEX calls_verdict  ON calls (verdict, started_at);
CREATE INDEX calls_model    ON calls (model, started_at);
CREATE INDEX calls_run      ON calls (run_digest, started_at) WHERE run_digest IS NOT NULL;
CREATE INDEX calls_cost     ON calls (cost_micros) WHERE cost_micros IS NOT NULL;

-- How far each journal has been shipped: all records up to this place are in calls.
CREATE TABLE shipped (
    journal  uuid PRIMARY KEY,              -- the id of a data directory
    gateway  text NOT NULL,
    log      uuid NOT NULL,
    sequence bigint NOT NULL,
    at       timestamptz NOT NULL
);
