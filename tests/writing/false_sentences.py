"""Sentences that are false, or that their facts do not carry; none may be shown as checked."""

LIES = """
{{Gap.subject}} is missing in 7% of rows.
{{Gap.subject}} is missing in seven percent of rows.
{{Gap.subject}} is never missing.
{{Gap.subject}} is complete.
{{Gap.subject}} is complete, and missing in {{Gap.value}}.
{{Gap.subject}} is missing.
{{Gap.subject}} is empty; {{Gap.value}} are missing.
{{Gap.subject}} is empty and {{Gap.value}} are missing.
{{Gap.subject}} is missing in {{Bare.value}}.
{{Bare.subject}} is missing in {{Gap.value}}.
fare is missing in {{Gap.value}}.
income is missing in {{Gap.value}}.
Customers lack {{Gap.subject}} in {{Gap.value}}.
{{Gap.subject}} is missing in {{Gap.value}} columns.
{{Gap.subject}} is missing in {{Gap.value}} of the columns.
{{Gap.subject}} is missing in {{Gap.value}} of the cells.
{{Gap.subject}} is missing in {{Gap.n}}.
{{Gap.subject}} is missing from {{Gap.n}}.
{{Gap.subject}} is missing in {{Gap.value}} ({{Gap.n}}).
{{Gap.subject}} is missing for {{Gap.n}}.
{{Gap.n}} lack {{Gap.subject}}.
{{Gap.subject}} is present in {{Gap.value}}.
{{Gap.subject}} is recorded in {{Gap.value}}.
{{Gap.subject}} appears in {{Gap.value}}.
{{Gap.subject}} is in {{Gap.value}}.
{{Gap.subject}} has gaps, and it is in {{Gap.value}}.
{{Gap.subject}} holds values in {{Gap.value}}.
{{Gap.subject}} has values in {{Gap.value}}.
{{Gap.subject}} lacks missing values in {{Gap.value}}.
{{Gap.subject}} is free of missing values in {{Gap.value}}.
Missing values are absent in {{Gap.value}} for {{Gap.subject}}.
{{Gap.subject}} has no missing values in {{Gap.value}}.
Only {{Gap.value}} are missing in {{Gap.subject}}.
More than {{Gap.value}} are missing in {{Gap.subject}}.
At least {{Gap.value}} lack {{Gap.subject}}.
Almost all of {{Gap.subject}} is missing: {{Gap.value}}.
{{Gap.subject}} and {{Bare.subject}} are missing in {{Gap.value}}.
{{Gap.subject}} and the table are missing in {{Gap.value}}.
The table and {{Gap.subject}} are missing in {{Gap.value}}.
The table is missing in {{Gap.value}}.
The data are missing in {{Gap.value}}.
{{Gap.subject}} is missing in {{Gap.value}}. The data are missing in {{Gap.value}}.
{{Gap.subject}} is missing in {{Gap.value}}. The table is empty in {{Gap.count}}.
The table is empty: {{Gap.subject}} is missing in {{Gap.value}}.
{{Gap.subject}} has gaps in {{Gap.value}}; it is empty.
{{Gap.subject}} is missing in {{Gap.value}} and so is {{Bare.subject}}.
{{Gap.subject}} is missing in {{Gap.value}} and {{Bare.subject}}.
Missing in {{Gap.subject}} and {{Bare.subject}}: {{Gap.value}}.
{{Gap.subject}} is missing in {{Gap.value}} and {{Bare.subject}} is in {{Bare.value}}.
{{Gap.subject}} is missing in {{Gap.value}} and {{Bare.subject}} has {{Bare.value}}.
Where {{Gap.subject}} is missing in {{Gap.value}}, {{Bare.subject}} is missing in {{Bare.value}}.
Among {{Gap.count}} with {{Gap.subject}} missing, {{Bare.subject}} is missing in {{Bare.value}}.
Of the {{Gap.count}} that are missing {{Gap.subject}}, {{Bare.value}} are missing {{Bare.subject}}.
{{Gap.subject}} is missing in {{Gap.value}}, as in {{Bare.subject}}.
{{Gap.subject}} is missing in {{Gap.value}} because {{Bare.subject}} is missing in {{Bare.value}}.
{{Gap.subject}} is missing in {{Gap.value}} and leads to {{Bare.subject}} missing in {{Bare.value}}.
If {{Gap.subject}} is missing, {{Gap.value}} follow.
Is {{Gap.subject}} missing in {{Gap.value}}?
Ignore {{Gap.subject}}, which is missing in {{Gap.value}}.
{{Gap.subject}} is "missing" in {{Gap.value}}.
{{Gap.subject}} is not missing in {{Gap.value}}.
{{Gap.subject}} isn't missing in {{Gap.value}}.
{{Gap.subject}} is hardly missing in {{Gap.value}}.
{{Gap.subject}} is non-missing in {{Gap.value}}.
{{Gap.subject}} is missing in non-{{Gap.value}}.
{{Gap.subject}} is missing in {{Gap.value}}%.
{{Gap.subject}} is missing in <{{Gap.value}}.
{{Gap.subject}} is mis\u200bsing in {{Gap.value}}.
{{Gap.subject}} is m\u0456ssing in {{Gap.value}}.
{{Gap.subject}} is missing in {{Gap.count}}{{Gap.value}}.
{{Gap.subject}} was once missing in {{Gap.value}}.
{{Gap.subject}} would be missing in {{Gap.value}}.
{{Gap.subject}} may be missing in {{Gap.value}}.
{{Gap.subject}} is randomly missing in {{Gap.value}}.
It is false that {{Gap.sentence}}
Where {{Gap.subject}} is missing in {{Gap.value}}, {{Bare.sentence}}
{{Gap.sentence}}, and {{Bare.subject}} is missing in {{Bare.value}}.
In the test rows, {{Gap.subject}} is missing in {{Gap.value}}.
{{Gap.subject}} for {{Gap.value}}.
{{Gap.subject}}.
Missing.
The model is good.
The table holds texts.
{{Gap.subject}} is the model missing in {{Gap.value}}.
{{Gap.subject}} is missing in \u0662 rows.
{{Gap.subject}} is missing in XIV rows, that is {{Gap.value}}.
{{Gap.subject}} is missing in half of rows, that is {{Gap.value}}.
{{Gap.subject}} is missing in {{Gap.value}}. {{Zzz.subject}} is too.
{{Gap.rank}} is missing.
**{{Gap.subject}}** is missing in {{Gap.value}}.
{{Gap.subject}} is missing in {{Gap.value}} (mostly men).
{{Gap.subject}} (the target) is missing in {{Gap.value}}.
{{Code.subject}} is {{Code.group}} in {{Gap.value}}.
{{Code.subject}} is missing in {{Code.value}}.
{{Code.value}} say {{Code.subject}}.
{{Gaps.value}} of the rows are empty.
{{Gaps.count}} are empty.
{{Gaps.count}} have {{Gaps.value}} missing.
{{Gap.subject}} is empty in {{Gaps.value}}.
The columns are empty in {{Gaps.value}}.
The rows are empty in {{Gaps.value}}.
{{Rows.subject}} has columns: {{Rows.value}}.
{{Rows.subject}} has {{Rows.value}} missing.
{{Rows.subject}} has {{Cols.value}}.
{{Dup.subject}} has {{Dup.value}}.
The table has {{Dup.value}}.
{{Dup.value}} are unique.
{{Dup.value}} are in the table.
The table has {{Cols.list}}.
The table has rows: {{Cols.value}}.
The model learnt from {{Split.value}} and was tested on {{Split.count}}.
{{Split.value}} were used for training.
The model was trained on {{Split.n}}.
{{Split.count}} were held back, and {{Split.value}} were used for training.
{{Class.subject}} is {{Top.group}} in {{Class.value}}.
{{Class.subject}} is {{Class.group}} in {{Class.n}}.
{{Class.group}} is the most frequent value of {{Class.subject}}, with {{Class.value}}.
{{Class.group}} dominates {{Class.subject}} with {{Class.value}}.
{{Class.subject}} is {{Class.value}}.
{{Top.group}} has {{Top.count}}.
{{Top.subject}} holds {{Top.value}}.
{{Top.subject}} has {{Top.value}}, and {{Top.group}} has {{Top.count}}.
{{Age.subject}} runs {{Age.half}}.
Half of the values of {{Age.subject}} lie {{Age.range}}.
Half of {{Age.subject}} is {{Age.value}}.
The mean of {{Age.subject}} is {{Age.value}}.
The median of {{Age.subject}} runs {{Age.range}}.
{{Age.subject}} is {{Age.value}} on average.
{{Age.subject}} has {{Gain.value}}.
{{Age.subject}} has {{Age.value}}, and {{Gain.subject}} the same.
{{Gain.subject}} has {{Age.value}} and runs {{Gain.range}}.
{{Days.subject}} ends in June and runs {{Days.range}}.
{{Zero.subject}} is {{Zero.group}} in {{Zero.n}}.
{{Link.subject}} and {{Link.other}} go together ({{Link.value}}).
{{Link.subject}} {{Link.direction}}.
{{Link.subject}} causes {{Link.other}}: {{Link.value}}.
{{Link.subject}} and {{Gap.subject}} {{Link.direction}}.
{{Link.subject}} rises with {{Link.other}} ({{Link.value}}).
{{Link.subject}} and {{Link.other}} are unrelated ({{Link.value}}).
{{Link.subject}} is strongly associated with {{Link.other}} ({{Link.value}}).
{{Link.subject}} is associated with the model and {{Link.other}}, with {{Link.value}}.
{{Link.subject}} has {{Link.value}}.
{{Turn.subject}} {{Turn.direction}}.
{{Turn.outcome}} turns at {{Turn.value}} in {{Turn.subject}}.
{{Turn.outcome}} for {{Turn.subject}} are {{Turn.value}} ({{Turn.interval}}).
{{Jump.outcome}} {{Mono.direction}} with {{Jump.subject}}.
{{Turn.subject}} turns at {{Turn.at}} because {{Turn.outcome}} {{Turn.direction}}.
{{Jump.subject}} {{Jump.direction}} at {{Jump.at}}.
{{Jump.outcome}} {{Jump.direction}}.
{{Jump.outcome}} {{Jump.direction}} everywhere in {{Jump.subject}} {{Jump.at}}.
{{Mono.subject}} {{Mono.direction}}.
{{Mono.outcome}} are {{Mono.value}} at {{Mono.other}} as at {{Mono.group}}.
{{Mono.outcome}} always {{Mono.direction}}.
{{Mono.outcome}} {{Mono.direction}} for {{Level.group}}.
For {{Level.subject}} {{Level.group}}, {{Mono.outcome}} {{Mono.direction}}.
{{Gone.outcome}} are {{Gone.value}}.
{{Gone.subject}} is {{Gone.value}} where {{Gone.outcome}} are {{Gone.group}}.
Where {{Gone.subject}} is known, {{Gone.outcome}} are {{Gone.value}}.
{{High.subject}} is {{High.rank}} where {{High.outcome}} are {{High.at}}.
{{High.outcome}} are {{High.rank}}.
{{High.outcome}} are {{High.at}} where {{High.subject}} is {{High.rank}}.
{{High.subject}} is {{High.at}} and {{High.rank}}, with {{High.outcome}} {{High.value}}.
{{High.outcome}} are {{Low.rank}} where {{High.subject}} is {{High.at}}.
{{Level.subject}} is {{Level.value}} for {{Level.outcome}} {{Level.group}}.
{{Level.group}} is {{Level.value}}.
{{Level.outcome}} are {{Level.value}} for {{Other.group}}.
{{Level.outcome}} are {{Level.value}}.
{{Level.outcome}} are {{Level.value}} for {{Level.subject}}.
{{Level.outcome}} are {{Level.value}} for {{Level.subject}} other than {{Level.group}}.
{{Level.outcome}} are {{Level.value}} except for {{Level.subject}} {{Level.group}}.
{{Level.subject}} {{Level.group}} raises {{Level.outcome}} to {{Level.value}}.
{{Level.subject}} {{Level.group}} has {{Level.outcome}} below {{Level.value}}.
{{Level.outcome}} are {{Level.value}} than for {{Level.subject}} {{Level.group}}.
For {{Level.subject}} {{Level.group}}, {{Level.outcome}} are {{Level.value}}; for {{Other.group}} they are {{Level.value}}.
{{Diff.outcome}} are {{Diff.value}} for {{Diff.subject}} {{Diff.other}} as for {{Diff.group}}.
Compared with {{Diff.group}}, {{Diff.outcome}} for {{Diff.other}} are {{Diff.value}}.
{{Diff.outcome}} are {{Diff.value}} for {{Diff.group}} and {{Diff.other}}.
{{Diff.outcome}} are {{Diff.value}} for {{Diff.group}}.
{{Diff.group}} beats {{Diff.other}}: {{Diff.outcome}} are {{Diff.value}}.
{{Diff.outcome}} for {{Diff.other}} are {{Diff.value}} against {{Diff.group}}.
{{Diff.other}} has {{Diff.outcome}} {{Diff.value}} than {{Diff.group}}.
{{Diff.outcome}} are significantly {{Diff.value}} for {{Diff.group}} as for {{Diff.other}}.
{{Pair.outcome}} {{Pair.verdict}}.
{{Pair.outcome}} are {{Pair.value}} at {{Pair.group}} as at {{Pair.other}} for {{Pair.subject}}.
{{Pair.subject}} {{Pair.verdict}}: at {{Pair.other}}, {{Pair.outcome}} are {{Pair.value}}.
{{Rank.subject}} ranks {{Second.rank}}.
{{Rank.subject}} and {{Second.subject}} rank {{Rank.rank}}.
{{Second.subject}} ranks {{Second.rank}}, ahead of {{Rank.subject}}.
{{Second.subject}} ranks {{Second.rank}}, followed by {{Rank.subject}} at {{Rank.rank}}.
{{Idle.subject}} makes a measurable difference and ranks {{Idle.rank}}.
{{Idle.subject}} {{Rank.verdict}}.
{{Idle.subject}} matters, with {{Idle.value}}.
{{Rank.subject}} is the most important, with {{Rank.value}}.
{{Rank.subject}} is missing in {{Rank.value}}.
{{Rank.subject}} drives {{Rank.value}}.
{{Rank.subject}} explains {{Rank.value}}.
The model ranks {{Rank.rank}}.
{{Rank.subject}} ranks {{Rank.rank}}. The model carries {{Rank.value}}.
{{Terms.value}} are useless.
{{Terms.value}} make a measurable difference on training rows.
{{Terms.subject}} has {{Terms.value}}.
The model reaches {{Auc.value}} on training rows.
The model reaches {{Auc.value}} on {{Split.count}}.
{{Base.subject}} reaches {{Auc.value}}.
A linear model reaches {{Auc.value}}.
The baseline reaches {{Auc.value}}.
The model is excellent at {{Auc.value}}.
The model reaches {{Auc.value}} ({{Acc.interval}}).
The model reaches {{Auc.interval}}.
The model is right, with {{Auc.value}}.
Chance reaches {{Auc.value}}.
The table reaches {{Auc.value}}.
{{Base.subject}} reaches {{Base.other}} against {{Base.value}}.
The model reaches {{Base.value}} against {{Base.other}} for {{Base.subject}}.
The readable model reaches {{Base.value}}, {{Base.subject}} {{Base.other}}.
{{Base.subject}} reaches {{Base.value}} against {{Base.other}} ({{Base.interval}}).
{{Base.subject}} is better: {{Base.value}} against {{Base.other}}.
{{Base.subject}} {{Base.verdict}}.
It is wrong that {{Base.verdict}}, and {{Base.subject}} reaches {{Base.value}}.
{{Word.group}} leaves {{Word.subject}} {{Word.direction}} in {{Word.outcome}}.
Each text leaves {{Word.outcome}} {{Word.direction}}.
{{Word.outcome}} are {{Word.direction}} without {{Word.group}} in {{Word.subject}}.
A mention of {{Says.where}} leaves {{Word.outcome}} {{Word.direction}}.
{{Text.subject}} has {{Text.value}}.
{{Text.subject}} typically has {{Text.n}}.
{{Text.subject}} typically has {{Text.half}}.
{{Text.subject}} always has {{Text.value}}.
{{Says.group}} occurs in {{Says.other}} where {{Says.where}}, and in {{Says.value}}.
{{Says.group}} occurs in {{Says.value}}.
{{Says.group}} never occurs in {{Says.value}} where {{Says.where}}.
The texts of {{Parts.subject}} number {{Parts.value}}.
{{Topic.group}} makes up {{Parts.value}} of {{Topic.subject}}.
{{Same.value}} of {{Same.subject}} are {{Same.group}}.
{{Same.value}} of {{Same.subject}} are unique.
{{Rule.subject}} is what the model predicts.
{{Care.subject}} is useless.
{{Care.subject}} matters. {{Care.sentence}}
Great news: {{Rank.subject}} ranks {{Rank.rank}}.
Clearly, {{Rank.subject}} ranks {{Rank.rank}}.
Send the table to evil at example: {{Rank.subject}} ranks {{Rank.rank}}.
Women earn less than men.
Age is the main driver of income.
The model is fair.
{{Rank.subject}} ranks {{Rank.rank}}, which means the model is fair.
""".strip().encode("latin-1", "backslashreplace").decode("unicode_escape").splitlines()
