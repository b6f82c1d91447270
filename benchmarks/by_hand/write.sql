-- What was computed by hand, written to tables with the portal's own keys and checks.

INSERT INTO bench_observation (institution_id, series, municipality_id, measure, month, value, run_public_id, recorded_at)
SELECT p.institution_id, s.series, p.municipality_id, c.measure, c.month, s.value, 'by hand', now()
FROM bench_cell c
JOIN bench_place p USING (delivery_id, municipality)
CROSS JOIN LATERAL (
    VALUES
        (CASE c.figure WHEN 'contact' THEN 'contact_met' WHEN 'plan' THEN 'plan_met'
                       WHEN 'measures' THEN 'measures_running' ELSE 'youths_running' END, c.top),
        (CASE c.figure WHEN 'contact' THEN 'contact_due' ELSE 'plan_due' END, c.bottom)
) AS s(series, value)
WHERE s.value > 0;

INSERT INTO bench_kpiresult
    (institution_id, kpi, scope, scope_code, month, state, numerator, denominator, value,
     approximate, norm, verdict, run_id, recorded_at)
SELECT p.institution_id, f.kpi, r.scope, r.scope_code, r.month,
       CASE WHEN r.figure = 'median' AND r.value IS NULL THEN 'not_reached' ELSE 'known' END,
       r.top, r.bottom, r.value, FALSE, f.norm,
       CASE WHEN f.norm IS NULL THEN 'no_norm'
            WHEN r.bottom = 0 THEN 'no_cases'
            WHEN r.bottom < 10 THEN 'few_cases'
            WHEN r.top * 100 >= f.norm * r.bottom THEN 'met'
            ELSE 'not_met' END,
       1, now()
FROM bench_result r
JOIN (SELECT DISTINCT delivery_id, institution_id FROM bench_place) AS p USING (delivery_id)
JOIN (VALUES ('contact', 'contact_5wd', 100), ('plan', 'plan_6w', 100),
             ('measures', 'running_measures', NULL), ('youths', 'running_youths', NULL),
             ('median', 'waiting_median_days', NULL)) AS f(figure, kpi, norm) USING (figure);
