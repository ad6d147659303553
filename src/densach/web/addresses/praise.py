"""The pages of good examples: for whoever enters them, and the published stories for everybody."""

from __future__ import annotations

from django.urls import path

from densach.web.views.praise import following, stories, telling

urlpatterns = [
    path("guong-tot", telling.examples, name="good_examples"),
    path("guong-tot/moi", telling.tell_one, name="tell_example"),
    path("guong-tot/chuyen", stories.stories, name="stories"),
    path("guong-tot/chuyen/<uuid:uid>", stories.story, name="story"),
    path("guong-tot/<uuid:uid>", telling.example, name="good_example"),
    path("guong-tot/<uuid:uid>/thu-khen", following.letter, name="praise_letter"),
    path("guong-tot/<uuid:uid>/thu-khen/<uuid:letter_uid>.<str:form>", following.paper, name="praise_paper"),
    path("guong-tot/<uuid:uid>/ton-vinh", following.honouring, name="honour_example"),
    path("guong-tot/<uuid:uid>/nhan-rong", following.taking_over, name="take_over_example"),
    path("guong-tot/<uuid:uid>/cong-khai", following.publishing, name="publish_example"),
]
