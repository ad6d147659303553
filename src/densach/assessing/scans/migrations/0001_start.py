"""Scans of signed consent sheets."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0007_homes_in_order"),
        ("privacy", "0002_papers_signed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("media_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=16)),
                ("added_at", models.DateTimeField()),
                ("added_as", models.CharField(blank=True, max_length=30)),
                ("crossed_out_at", models.DateTimeField(blank=True, null=True)),
                ("crossed_out_why", models.CharField(blank=True, max_length=300)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "crossed_out_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"
                    ),
                ),
                ("proves", models.ManyToManyField(related_name="scans", to="privacy.consentact")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sha256", ""), _negated=True), models.Q(("key", ""), _negated=True)
                        ),
                        name="scans_is_kept_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("crossed_out_at__isnull", True), ("crossed_out_why", "")),
                            models.Q(
                                ("crossed_out_at__isnull", False), models.Q(("crossed_out_why", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="scans_crossed_out_why",
                    ),
                ],
            },
        ),
    ]
