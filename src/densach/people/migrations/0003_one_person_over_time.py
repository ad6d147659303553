import densach.places.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_homes_of_each_kind"),
        ("places", "0002_lineage"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountedAt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("chosen_by", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="LikelyDuplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.JSONField()),
                ("looked", models.CharField(max_length=64)),
                ("found_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "chờ người xem"), ("same", "là một người"), ("different", "là hai người")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("decided_why", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("full_name", models.CharField(max_length=120)),
                ("folded", densach.places.fields.BinaryText(max_length=120)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField()),
                ("basis", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="ResidentsCounted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("permanent", "người thường trú"),
                            ("where_they_live", "người đang ở"),
                            ("permanent_and_temporary", "người thường trú và người tạm trú"),
                        ],
                        max_length=30,
                    ),
                ),
                ("source", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("boarding", "Ở nội trú, bán trú tại trường"), ("away", "Đi làm ăn xa")], max_length=10
                    ),
                ),
                ("where", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="death_basis",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="person",
            name="died_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="joined",
                to="people.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_as__isnull", True), models.Q(("same_as", models.F("id")), _negated=True), _connector="OR"
                ),
                name="people_person_not_joined_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("death_basis", ""), ("died_on__isnull", True)),
                    models.Q(("died_on__isnull", False), models.Q(("death_basis", ""), _negated=True)),
                    _connector="OR",
                ),
                name="people_person_death_has_a_basis",
            ),
        ),
        migrations.AddField(
            model_name="countedat",
            name="commune",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
        ),
        migrations.AddField(
            model_name="countedat",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="counted_at", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="likelyduplicate",
            name="first",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="likelyduplicate",
            name="joined",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="likelyduplicate",
            name="kept",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="likelyduplicate",
            name="second",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="personname",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="former_names", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="residentscounted",
            name="commune",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
        ),
        migrations.AddField(
            model_name="stay",
            name="commune",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="stay",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="people.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="countedat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_from__lt", models.F("valid_to")), _connector="OR"
                ),
                name="people_counted_at_interval",
            ),
        ),
        migrations.AddConstraint(
            model_name="countedat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)), fields=("person",), name="people_counted_at_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="countedat",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("source", ""), _negated=True), models.Q(("chosen_by", ""), _negated=True)),
                name="people_counted_at_has_a_source",
            ),
        ),
        migrations.AddIndex(
            model_name="likelyduplicate",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["first"], name="people_pair_waiting"),
        ),
        migrations.AddConstraint(
            model_name="likelyduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="people_pair_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="likelyduplicate",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="people_pair_once"),
        ),
        migrations.AddConstraint(
            model_name="likelyduplicate",
            constraint=models.UniqueConstraint(fields=("joined",), name="people_pair_joined_once"),
        ),
        migrations.AddConstraint(
            model_name="likelyduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("joined__isnull", False), ("kept__isnull", False), ("state", "same")),
                    models.Q(
                        models.Q(("state", "same"), _negated=True), ("joined__isnull", True), ("kept__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="people_pair_same_names_the_kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="likelyduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("decided_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="people_pair_decided_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="personname",
            index=models.Index(fields=["folded"], name="people_name_folded"),
        ),
        migrations.AddConstraint(
            model_name="personname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True), ("valid_from__lt", models.F("valid_to")), _connector="OR"
                ),
                name="people_name_interval",
            ),
        ),
        migrations.AddConstraint(
            model_name="personname",
            constraint=models.UniqueConstraint(fields=("person", "valid_to"), name="people_name_one_until_a_day"),
        ),
        migrations.AddConstraint(
            model_name="personname",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis", ""), _negated=True), name="people_name_has_a_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="residentscounted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_from__lt", models.F("valid_to")), _connector="OR"
                ),
                name="people_counted_interval",
            ),
        ),
        migrations.AddConstraint(
            model_name="residentscounted",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)), fields=("commune",), name="people_counted_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="residentscounted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("choice__in", ["permanent", "where_they_live", "permanent_and_temporary"]),
                    models.Q(("source", ""), _negated=True),
                ),
                name="people_counted_has_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_from__lt", models.F("valid_to")), _connector="OR"
                ),
                name="people_stay_interval",
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("person", "kind"),
                name="people_stay_one_open_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("source", ""), _negated=True), models.Q(("where", ""), _negated=True)),
                name="people_stay_has_a_source",
            ),
        ),
    ]
