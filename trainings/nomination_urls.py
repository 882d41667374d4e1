"""Addresses of the nomination desk; urls.py takes them in."""

from django.urls import path

from trainings.views import mandates, nominating, nominee

LIST = "nominations/mandates/<int:mandate_id>/trainings/<slug:slug>/"

urlpatterns = [
    path("nominations/", nominating.nomination_desk, name="nomination_desk"),
    path("nominations/<int:pk>/", nominee.nomination_page, name="nomination"),
    path("nominations/<int:pk>/move/", nominee.move, name="nomination_move"),
    path("nominations/<int:pk>/withdraw/", nominee.withdraw, name="nomination_withdraw"),
    path("nominations/<int:pk>/remind/", nominee.remind, name="nomination_remind"),
    path("nominations/<int:pk>/answer/", nominee.answer_offer, name="nomination_answer"),
    path("nominations/<int:pk>/replace/", nominee.replace, name="nomination_replace"),
    path("nominations/<int:pk>/form/", nominee.complete, name="nomination_complete"),
    path("nominations/letters/<int:pk>/", nominating.letter_file, name="nomination_letter"),
    path("nominations/invited/<str:key>/", mandates.invited, name="invited"),
    path("nominations/successor/<str:key>/", mandates.successor, name="successor"),
    path(
        "nominations/mandates/<int:mandate_id>/nominees.<str:kind>",
        nominating.template,
        name="nomination_template",
    ),
    path("nominations/mandates/<int:mandate_id>/hand-over/", mandates.hand_over, name="hand_over"),
    path(
        "nominations/mandates/<int:mandate_id>/hand-over/cancel/",
        mandates.cancel_hand_over,
        name="cancel_hand_over",
    ),
    path(LIST, nominating.nomination_list, name="nomination_list"),
    path(f"{LIST}nominate/", nominating.nominate, name="nominate"),
    path(f"{LIST}upload/", nominating.upload, name="nomination_upload"),
    path(f"{LIST}letter/", nominating.attach_letter, name="nomination_attach"),
    path(f"{LIST}send/", nominating.send, name="nomination_send"),
]
