"""Addresses of trainings; the project includes each list under its own prefix."""

from django.urls import path

from trainings import nomination_urls
from trainings.views import (
    alumni,
    applying,
    cascade,
    certificates,
    check_in,
    evaluations,
    guardian,
    invitations,
    mine,
    papers,
    public,
    testing,
)

app_name = "trainings"

urlpatterns = [
    path("tests/<str:token>/", testing.test_page, name="test"),
    path("tests/<str:token>/begin/", testing.begin, name="test_begin"),
    path("tests/<str:token>/questions/", testing.questions, name="test_questions"),
    path("tests/<str:token>/result/", testing.result, name="test_result"),
    path("tests/<str:token>/leave/", testing.leave, name="test_leave"),
    path("evaluations/<str:token>/", evaluations.evaluation, name="evaluation"),
    path("trainings/", public.training_list, name="training_list"),
    path("trainings/<slug:slug>/", public.training_page, name="training_page"),
    path("trainings/<slug:slug>/apply/", applying.apply, name="apply"),
    path("trainings/<slug:slug>/calendar.ics", public.training_calendar, name="calendar"),
    path("me/applications/", mine.my_applications, name="my_applications"),
    path("me/applications/<int:pk>/confirm/", mine.confirm, name="confirm"),
    path("me/applications/<int:pk>/decline/", mine.decline, name="decline"),
    path("me/applications/<int:pk>/withdraw/", mine.withdraw, name="withdraw"),
    path("me/applications/<int:pk>/answers/", applying.my_answers, name="my_answers"),
    path("me/answers/<int:pk>/", applying.answer_file, name="answer_file"),
    path("me/drafts/<int:pk>/delete/", applying.drop_draft, name="drop_draft"),
    path("guardians/<str:link>/", guardian.guardian, name="guardian"),
    path("me/certificates/", certificates.my_certificates, name="my_certificates"),
    path("me/certificates/<str:code>.pdf", certificates.certificate_file, name="certificate_file"),
    path("me/check-in/", check_in.check_in, name="check_in"),
    path("papers/<str:code>/", papers.paper, name="paper"),
    path("invitations/<str:link>/", invitations.invitation, name="invitation"),
    path("certificates/", certificates.certificate_check, name="certificate_check"),
    path("certificates/<str:code>/", certificates.certificate_page, name="certificate_page"),
    path("trainings/<slug:slug>/cascade/", cascade.training_cascade, name="training_cascade"),
    path("me/roll-outs/", cascade.my_roll_outs, name="my_roll_outs"),
    path("me/roll-outs/<int:pk>/", cascade.correct_roll_out, name="correct_roll_out"),
    path("me/trainers-pack/", alumni.trainers_pack, name="trainers_pack"),
    path("me/alumni/", alumni.my_listing, name="my_listing"),
    path("alumni/", alumni.alumni_list, name="alumni_list"),
    path("alumni/<int:pk>/write/", alumni.write_to, name="write_to"),
    path("alumni/calls/<int:pk>/", alumni.call_page, name="call_page"),
    *nomination_urls.urlpatterns,
]
