-- The five figures of the benchmark as a careful hand would write them in SQL: contact, plan,
-- the two running stocks and the median, for every place and month. Expects bench_place
-- (delivery_id, municipality, institution_id, institution, region, code, municipality_id),
-- bench_month (month, month_end) and bench_holiday (day, is_equated).

CREATE TEMP TABLE bench_deadline AS
WITH day AS (
    SELECT day::date,
           extract(isodow FROM day) < 6
               AND NOT EXISTS (SELECT FROM bench_holiday h WHERE h.day = d.day::date AND NOT h.is_equated)
               AS works,
           extract(isodow FROM day) < 6
               AND NOT EXISTS (SELECT FROM bench_holiday h WHERE h.day = d.day::date)
               AS ends_here
    FROM generate_series('2018-01-01'::date, '2026-12-31'::date, '1 day') AS d(day)
), numbered AS (
    SELECT day, works,
           count(*) FILTER (WHERE works) OVER (ORDER BY day) AS number,
           min(day) FILTER (WHERE ends_here)
               OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND 14 FOLLOWING) AS rolled
    FROM day
)
SELECT n.day, working.day AS five_days, ending.rolled AS six_weeks
FROM numbered n
JOIN numbered working ON working.works AND working.number = n.number + 5
JOIN numbered ending ON ending.day = n.day + 42
WHERE n.day <= '2026-06-30';
ALTER TABLE bench_deadline ADD PRIMARY KEY (day);
ANALYZE bench_deadline;

CREATE TEMP TABLE bench_cell AS
SELECT m.delivery_id, m.municipality, m.measure, date_trunc('month', d.five_days::timestamp)::date AS month,
       'contact' AS figure,
       count(*) FILTER (WHERE m.worker_assigned_on <= d.five_days AND m.first_contact_on <= d.five_days) AS top,
       count(*) AS bottom
FROM cases_measure m
JOIN bench_deadline d ON d.day = m.notified_on
WHERE m.entry = 0
  AND (m.ended_on IS NULL OR m.ended_on >= d.five_days)
  AND d.five_days BETWEEN (SELECT min(month) FROM bench_month) AND (SELECT max(month_end) FROM bench_month)
GROUP BY 1, 2, 3, 4
UNION ALL
SELECT m.delivery_id, m.municipality, m.measure, date_trunc('month', d.six_weeks::timestamp)::date, 'plan',
       count(*) FILTER (WHERE m.plan_adopted_on <= d.six_weeks), count(*)
FROM cases_measure m
JOIN bench_deadline d ON d.day = m.notified_on
WHERE m.entry = 0
  AND (m.ended_on IS NULL OR m.ended_on >= d.six_weeks)
  AND (m.family_plan_made_on IS NULL OR m.family_plan_made_on > d.six_weeks)
  AND d.six_weeks BETWEEN (SELECT min(month) FROM bench_month) AND (SELECT max(month_end) FROM bench_month)
GROUP BY 1, 2, 3, 4;

CREATE TEMP TABLE bench_running AS
SELECT m.delivery_id, m.place, m.youth, m.municipality, m.measure, s.started_on, p.month
FROM cases_measure m
CROSS JOIN LATERAL (
    SELECT CASE WHEN m.entry = 2 THEN coalesce(m.notified_on, m.ordered_on) ELSE m.ordered_on END
) AS s(started_on)
JOIN bench_month p ON s.started_on <= p.month_end AND (m.ended_on IS NULL OR m.ended_on > p.month_end);

ANALYZE bench_running;

INSERT INTO bench_cell
SELECT delivery_id, municipality, measure, month, 'measures', count(*), NULL::bigint
FROM bench_running
GROUP BY 1, 2, 3, 4
UNION ALL
SELECT delivery_id, municipality, measure, month, 'youths', count(*), NULL::bigint
FROM (
    SELECT DISTINCT ON (delivery_id, month, youth) delivery_id, municipality, measure, month
    FROM bench_running
    ORDER BY delivery_id, month, youth, started_on DESC, place
) AS lead
GROUP BY 1, 2, 3, 4;

ANALYZE bench_cell;

-- Places as numbers: grouping and sorting by text would cost several times as much.
CREATE TEMP TABLE bench_scope AS
SELECT row_number() OVER ()::int AS scope_id, delivery_id, scope, scope_code
FROM (
    SELECT delivery_id, 'municipality' AS scope, code AS scope_code FROM bench_place
    UNION SELECT delivery_id, 'region', region FROM bench_place
    UNION SELECT delivery_id, 'institution', institution FROM bench_place
) AS each;
CREATE TEMP TABLE bench_member AS
SELECT p.delivery_id, p.municipality, s.scope_id
FROM bench_place p
JOIN bench_scope s ON s.delivery_id = p.delivery_id AND s.scope_code IN (p.code, p.region, p.institution);
ANALYZE bench_scope, bench_member;

CREATE TEMP TABLE bench_sum AS
SELECT b.scope_id, c.figure, c.month,
       sum(c.top)::bigint AS top, sum(c.bottom)::bigint AS bottom, NULL::int AS value
FROM (
    SELECT delivery_id, municipality, figure, month, sum(top) AS top, sum(bottom) AS bottom
    FROM bench_cell
    GROUP BY 1, 2, 3, 4
) AS c
JOIN bench_member b USING (delivery_id, municipality)
GROUP BY 1, 2, 3;

CREATE TEMP TABLE bench_step AS
WITH wait AS (
    SELECT w.delivery_id, m.municipality, p.month,
           CASE WHEN w.entered_on < f.opens THEN f.opens - 1 - w.entered_on ELSE -1 END AS joined_after,
           least(w.left_on, p.month_end) - w.entered_on AS left_at,
           coalesce(w.left_on <= p.month_end AND w.exit_reason = 0, FALSE) AS helped
    FROM cases_waitingspell w
    JOIN cases_measure m ON m.delivery_id = w.delivery_id AND m.place = w.measure_place
    CROSS JOIN bench_month p
    CROSS JOIN LATERAL (SELECT (p.month - interval '11 months')::date) AS f(opens)
    WHERE w.list = 0 AND w.entered_on <= p.month_end AND (w.left_on IS NULL OR w.left_on >= f.opens)
)
SELECT delivery_id, municipality, month, age,
       sum(arrived) AS arrived, sum(gone) AS gone, sum(events) AS events
FROM (
    SELECT delivery_id, municipality, month, joined_after + 1 AS age, 1 AS arrived, 0 AS gone, 0 AS events
    FROM wait
    UNION ALL
    SELECT delivery_id, municipality, month, left_at + 1, 0, 1, 0 FROM wait
    UNION ALL
    SELECT delivery_id, municipality, month, left_at, 0, 0, 1 FROM wait WHERE helped
) AS each
GROUP BY 1, 2, 3, 4;
ANALYZE bench_step;

INSERT INTO bench_sum
WITH steps AS (
    SELECT b.scope_id, s.month, s.age, sum(s.arrived)::float8 AS arrived,
           sum(s.arrived - s.gone)::float8 AS net, sum(s.events)::float8 AS events
    FROM bench_step s
    JOIN bench_member b USING (delivery_id, municipality)
    GROUP BY 1, 2, 3
), at_risk AS (
    SELECT scope_id, month, age, arrived, events,
           sum(net) OVER (PARTITION BY scope_id, month ORDER BY age) AS number
    FROM steps
), survival AS (
    SELECT scope_id, month, age, arrived,
           sum(CASE WHEN events = 0 THEN 0
                    WHEN events = number THEN '-Infinity'::float8
                    ELSE ln(1 - events / number) END)
               OVER (PARTITION BY scope_id, month ORDER BY age) AS log_survival
    FROM at_risk
)
SELECT scope_id, 'median', month, NULL::bigint, sum(arrived)::bigint,
       min(age) FILTER (WHERE log_survival <= ln(0.5) + 1e-9)
FROM survival
GROUP BY 1, 3;

CREATE TEMP TABLE bench_result AS
SELECT s.delivery_id, b.figure, s.scope, s.scope_code, b.month, b.top, b.bottom, b.value
FROM bench_sum b
JOIN bench_scope s USING (scope_id);
