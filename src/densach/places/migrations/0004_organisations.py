import densach.places.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_confirmed_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("fictional", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="OrganisationLineage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("whole", models.BooleanField()),
                ("legal_act", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(max_length=200)),
                ("mark", models.CharField(max_length=12)),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="earlier", to="places.organisation"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="later", to="places.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("old", "new"), name="places_organisation_lineage_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("whole", True)),
                        fields=("old",),
                        name="places_organisation_lineage_one_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="places_organisation_lineage_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mark__in", ("read", "secondary", "inferred", "memory", "unknown", "fictional"))
                        ),
                        name="places_organisation_lineage_mark",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agency", "Cơ quan nhà nước"),
                            ("party", "Cơ quan của Đảng"),
                            ("front", "Mặt trận Tổ quốc"),
                            ("association", "Hội, đoàn thể"),
                            ("preschool", "Trường mầm non"),
                            ("primary", "Trường tiểu học"),
                            ("lower_secondary", "Trường trung học cơ sở"),
                            ("upper_secondary", "Trường trung học phổ thông"),
                            ("school", "Cơ sở giáo dục khác"),
                            ("learning_centre", "Trung tâm học tập cộng đồng"),
                            ("library", "Thư viện"),
                            ("enterprise", "Doanh nghiệp, hợp tác xã"),
                            ("armed_forces", "Đơn vị lực lượng vũ trang"),
                            ("other", "Tổ chức khác"),
                        ],
                        max_length=20,
                    ),
                ),
                ("body", models.CharField(blank=True, max_length=40)),
                ("folded", densach.places.fields.BinaryText(max_length=400)),
                ("sort", densach.places.fields.BinaryText(max_length=800)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("source", models.CharField(max_length=200)),
                ("mark", models.CharField(max_length=12)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="periods", to="places.organisation"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["folded"], name="places_organisation_folded")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_from__lt", models.F("valid_to")), _connector="OR"
                        ),
                        name="places_organisation_interval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mark__in", ("read", "secondary", "inferred", "memory", "unknown", "fictional"))
                        ),
                        name="places_organisation_mark",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="places_organisation_source"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("organisation",),
                        name="places_organisation_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True), models.Q(("body", ""), _negated=True)),
                        fields=("body", "seat"),
                        name="places_organisation_one_open_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subordination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.CharField(
                        choices=[
                            ("government", "chính quyền"),
                            ("party", "cấp ủy"),
                            ("front", "Mặt trận"),
                            ("association", "Hội Khuyến học"),
                            ("sector", "ngành dọc"),
                        ],
                        max_length=12,
                    ),
                ),
                ("body", models.CharField(blank=True, max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("source", models.CharField(max_length=200)),
                ("mark", models.CharField(max_length=12)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="superiors", to="places.organisation"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_from__lt", models.F("valid_to")), _connector="OR"
                        ),
                        name="places_subordination_interval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", ""), ("place__isnull", True), ("superior__isnull", False)),
                            models.Q(
                                ("place__isnull", False),
                                ("superior__isnull", True),
                                models.Q(("body", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="places_subordination_one_superior",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation", models.F("superior")), _negated=True),
                        name="places_subordination_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("line__in", ["government", "party", "front", "association", "sector"])),
                        name="places_subordination_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mark__in", ("read", "secondary", "inferred", "memory", "unknown", "fictional"))
                        ),
                        name="places_subordination_mark",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("organisation", "line"),
                        name="places_subordination_one_open",
                    ),
                ],
            },
        ),
    ]
