"""Sentences that their facts carry, as an honest writer puts them; `S` stands for a subject."""

TRUE = """
{{Rows.subject}} has {{Rows.value}}.
The table {{Rows.subject}} holds {{Rows.value}}.
The file contains {{Rows.value}}.
The dataset has {{Cols.value}}: {{Cols.list}}.
There are {{Cols.value}} in the table, namely {{Cols.list}}.
The data come with {{Cols.value}}, of which {{Cols.list}}.
{{Rows.subject}} holds {{Rows.value}} and the table has {{Cols.value}}.
{{Dup.value}} repeat an earlier one in every cell.
In the table, {{Dup.value}} are copies of earlier rows.
The model learnt from {{Split.count}} and was tested on {{Split.value}}.
{{Split.subject}} was trained on {{Split.count}} and evaluated on {{Split.value}}.
{{Split.count}} were used for training, and {{Split.value}} were held back for testing.
{{Gap.subject}} is missing in {{Gap.value}}.
In {{Gap.value}}, {{Gap.subject}} is missing.
{{Gap.value}} ({{Gap.count}}) lack {{Gap.subject}}.
{{Gap.value}} lack a value for {{Gap.subject}}.
{{Gap.count}} of {{Gap.n}} are missing {{Gap.subject}}.
{{Gap.subject}} is blank in {{Gap.count}}, or {{Gap.value}}.
The column {{Gap.subject}} has missing values in {{Gap.value}}.
The {{Gap.subject}} column is empty for {{Gap.count}} out of {{Gap.n}}.
Missing values in {{Gap.subject}} amount to {{Gap.value}}.
Missing entries occur in {{Gap.value}} for {{Gap.subject}}.
The share of rows with {{Gap.subject}} missing is {{Gap.value}}.
The data show that {{Gap.subject}} is missing in {{Gap.value}}.
For {{Gap.subject}}, the missing share is {{Gap.value}}.
There are gaps in {{Gap.subject}}: {{Gap.value}} are missing.
Of {{Gap.n}}, {{Gap.count}} come without a value for {{Gap.subject}}.
{{Gap.subject}} contains missing values in {{Gap.count}} ({{Gap.value}}).
{{Gap.value}} come without a value for {{Gap.subject}}.
{{Gap.subject}} is missing in {{Gap.value}}. It is blank in {{Gap.count}}.
{{Gap.subject}} is missing in {{Gap.value}} and {{Bare.subject}} in {{Bare.value}}.
{{Gap.subject}} is missing in {{Gap.value}}, and {{Bare.subject}} is missing in {{Bare.value}}.
{{Gap.subject}} is missing in {{Gap.value}}, while {{Bare.subject}} lacks {{Bare.value}}.
In {{Gap.subject}}, {{Gap.value}} are missing; in {{Bare.subject}}, it is {{Bare.value}}.
Missing values are found in {{Gap.subject}} ({{Gap.value}}) and {{Bare.subject}} ({{Bare.value}}).
{{Both.subject}} are each missing in {{Both.count}}.
Across the table, {{Gaps.value}} are empty.
{{Gaps.value}} are missing, spread over {{Gaps.count}}.
Overall, {{Gaps.value}} in the table are blank, in {{Gaps.count}}.
{{Code.subject}} says {{Code.group}} in {{Code.value}}.
{{Code.subject}} is recorded as {{Code.group}} in {{Code.count}} ({{Code.value}}).
In {{Code.value}}, {{Code.subject}} holds {{Code.group}}, which reads as missing.
{{Top.subject}} has {{Top.count}}; the most frequent, {{Top.group}}, holds {{Top.value}}.
The most common value of {{Top.subject}} is {{Top.group}}, with {{Top.value}}.
{{Top.group}} is the most frequent value of {{Top.subject}} and makes up {{Top.value}}.
{{Top.subject}} takes {{Top.count}}.
{{Class.subject}} is {{Class.group}} in {{Class.value}}.
{{Class.value}} have {{Class.subject}} {{Class.group}}.
{{Class.group}} accounts for {{Class.value}} in {{Class.subject}}.
In {{Class.value}}, {{Class.subject}} is {{Class.group}}.
For {{Class.subject}}, the class {{Class.group}} makes up {{Class.value}} of {{Class.n}}.
{{Age.subject}} runs {{Age.range}}, with {{Age.value}}.
{{Age.subject}} has {{Age.value}}.
The values of {{Age.subject}} range {{Age.range}}.
{{Age.subject}} ranges {{Age.range}}, around {{Age.value}}; half of its values lie {{Age.half}}.
Half of the values of {{Age.subject}} lie {{Age.half}}.
The middle half of {{Age.subject}} goes {{Age.half}}.
{{Age.subject}} spans values {{Age.range}} and has {{Age.value}}.
{{Age.subject}} extends {{Age.range}}. It has {{Age.value}}, and half of its values run {{Age.half}}.
{{Days.subject}} runs {{Days.range}}.
The dates in {{Days.subject}} reach {{Days.range}}.
{{Zero.subject}} is {{Zero.group}} in {{Zero.value}}.
In {{Zero.value}}, {{Zero.subject}} holds {{Zero.group}}.
{{Link.subject}} and {{Link.other}} {{Link.direction}} ({{Link.value}}).
{{Link.other}} and {{Link.subject}} {{Link.direction}}, with {{Link.value}}.
The association between {{Link.subject}} and {{Link.other}} is {{Link.value}}.
{{Link.subject}} is associated with {{Link.other}}: {{Link.value}}.
{{Link.subject}} is linked to {{Link.other}}, with {{Link.value}} over {{Link.n}}.
{{Turn.outcome}} {{Turn.direction}}.
As a function of {{Turn.subject}}, {{Turn.outcome}} {{Turn.direction}}.
For {{Turn.subject}}, {{Turn.outcome}} {{Turn.direction}} ({{Turn.interval}}).
The curve for {{Turn.subject}} and {{Turn.outcome}} turns at {{Turn.at}}.
In {{Turn.subject}}, {{Turn.outcome}} turn at {{Turn.at}}, where they are {{Turn.value}}.
{{Turn.outcome}} {{Turn.direction}}; at {{Turn.at}} they stand at {{Turn.value}}.
Around {{Jump.subject}} {{Jump.at}}, {{Jump.outcome}} {{Jump.direction}}.
At {{Jump.at}} in {{Jump.subject}}, {{Jump.outcome}} {{Jump.direction}}.
{{Jump.outcome}} show {{Jump.value}} at {{Jump.subject}} {{Jump.at}}.
{{Mono.outcome}} {{Mono.direction}}.
{{Mono.outcome}} {{Mono.direction}}: they are {{Mono.value}} at {{Mono.group}} as at {{Mono.other}}.
{{Mono.outcome}} are {{Mono.value}} at {{Mono.subject}} {{Mono.group}} as at {{Mono.other}} ({{Mono.interval}}).
Compared with {{Mono.subject}} {{Mono.other}}, {{Mono.outcome}} at {{Mono.group}} are {{Mono.value}}.
Where {{Gone.subject}} is missing, {{Gone.outcome}} are {{Gone.value}}.
{{Gone.outcome}} are {{Gone.value}} where {{Gone.subject}} is {{Gone.group}}.
For rows with {{Gone.subject}} missing ({{Gone.n}}), {{Gone.outcome}} are {{Gone.value}}.
{{High.outcome}} are {{High.rank}} where {{High.subject}} is {{High.at}}: {{High.value}}.
{{High.outcome}} are {{High.rank}} at {{High.subject}} {{High.at}}, at {{High.value}}.
Where {{Low.subject}} is {{Low.at}}, {{Low.outcome}} are {{Low.rank}} ({{Low.value}}).
{{Low.outcome}} reach {{Low.value}} at {{Low.subject}} {{Low.at}}.
For {{Level.subject}} {{Level.group}}, {{Level.outcome}} are {{Level.value}} ({{Level.interval}}).
For {{Level.subject}} {{Level.group}} ({{Level.n}}) {{Level.outcome}} are {{Level.value}}.
{{Level.outcome}} are {{Level.value}} for rows where {{Level.subject}} is {{Level.group}}.
In the group {{Level.group}} of {{Level.subject}}, {{Level.outcome}} stand at {{Level.value}}.
All other columns held equal, {{Level.outcome}} are {{Level.value}} for {{Level.subject}} {{Level.group}}.
{{Level.subject}} {{Level.group}} goes with {{Level.outcome}} {{Level.value}}.
{{Level.subject}} {{Level.group}} is associated with {{Level.outcome}} of {{Level.value}}, {{Level.interval}}.
For {{Level.subject}} {{Level.group}}, {{Level.outcome}} are {{Level.value}}; for {{Other.group}} they are {{Other.value}}.
{{Diff.outcome}} are {{Diff.value}} for {{Diff.subject}} {{Diff.group}} as for {{Diff.other}}.
{{Diff.outcome}} are {{Diff.value}} for {{Diff.group}} as for {{Diff.other}} ({{Diff.interval}}).
Compared with {{Diff.other}}, {{Diff.outcome}} for {{Diff.group}} are {{Diff.value}}.
In {{Diff.subject}}, {{Diff.outcome}} are {{Diff.value}} for {{Diff.group}} compared with {{Diff.other}}.
Rows with {{Diff.subject}} {{Diff.group}} have {{Diff.outcome}} {{Diff.value}} as those with {{Diff.other}}.
Set against {{Diff.subject}} {{Diff.other}}, {{Diff.outcome}} are {{Diff.value}} for {{Diff.group}}, based on {{Diff.n}}.
{{Pair.subject}} {{Pair.verdict}}.
{{Pair.subject}} {{Pair.verdict}}: at {{Pair.group}}, {{Pair.outcome}} are {{Pair.value}}.
{{Rank.subject}} ranks {{Rank.rank}}.
{{Rank.subject}} ranks {{Rank.rank}} and carries {{Rank.value}}.
By importance, {{Rank.subject}} is {{Rank.rank}}, with {{Rank.value}}.
{{Rank.subject}} accounts for {{Rank.value}} and {{Rank.verdict}}.
{{Rank.subject}} comes {{Rank.rank}} in importance; it {{Rank.verdict}}.
{{Rank.subject}} stands {{Rank.rank}}, while {{Second.subject}} comes {{Second.rank}}.
{{Idle.subject}} {{Idle.verdict}}.
The term {{Idle.subject}} {{Idle.verdict}}, ranked {{Idle.rank}}.
{{Terms.value}} make a measurable difference on held-out rows.
In the model, {{Terms.value}} make a measurable difference.
The model reaches {{Auc.value}} on {{Auc.n}} ({{Auc.interval}}).
On {{Auc.n}}, the model achieves {{Auc.value}}, with a {{Auc.interval}}.
Measured on {{Auc.n}}, the model's performance is {{Auc.value}}.
The model scores {{Auc.value}} and {{Acc.value}} on test rows.
The model has {{Acc.value}} ({{Acc.interval}}).
{{Base.subject}} reaches {{Base.value}} against {{Base.other}}: {{Base.verdict}}.
On the same test rows, {{Base.subject}} reaches {{Base.value}}.
{{Base.subject}} reaches {{Base.value}} ({{Base.interval}}) on {{Base.n}}, compared with {{Base.other}}.
Each mention of {{Word.group}} in {{Word.subject}} leaves {{Word.outcome}} {{Word.direction}}.
With each mention of {{Word.group}}, {{Word.outcome}} are {{Word.direction}} ({{Word.interval}}).
A mention of {{Word.group}} in {{Word.subject}} goes with {{Word.outcome}} {{Word.direction}}, based on {{Word.n}}.
{{Text.subject}} typically has {{Text.value}}.
A text of {{Text.subject}} typically holds {{Text.value}}; half of them have {{Text.half}}.
{{Says.group}} occurs in {{Says.value}} where {{Says.where}}, and in {{Says.other}}.
Where {{Says.where}}, {{Says.group}} stands in {{Says.value}}, against {{Says.other}}.
The texts of {{Parts.subject}} fall into {{Parts.value}}.
{{Topic.value}} of {{Topic.subject}} form the group {{Topic.group}}.
{{Topic.group}} makes up {{Topic.value}} of {{Topic.subject}}.
{{Same.value}} of {{Same.subject}} repeat an earlier one.
{{Rule.sentence}}
{{Rule.sentence}} {{Care.sentence}}
{{Care.sentence}} {{Rank.subject}} ranks {{Rank.rank}}.
fare is missing in {{Bare.value}}.
hours ranks {{Rank.rank}}.
""".strip().splitlines()
