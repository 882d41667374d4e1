"""The desk: people, users, institutions, countries and what they asked of us."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TabbedTranslationAdmin
from unfold.admin import ModelAdmin, TabularInline

from rtcm.accounts.models import (
    Consent,
    Country,
    DataRequest,
    FocalPoint,
    Institution,
    Person,
    PersonalDataRead,
    PersonEmail,
    User,
    record_read,
)

# One door for everybody: with the limits, the codes and the second factor of the site.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# allauth's own tables: what staff may do with them stands below, as actions.
admin.site.unregister([EmailAddress, Authenticator, Group])


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Country)
class CountryAdmin(ModelAdmin, TabbedTranslationAdmin):
    list_display = ["name", "iso2", "group", "is_partner"]
    list_filter = ["group", "is_partner"]
    search_fields = ["iso2", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["iso2"] if obj else []


@admin.register(Institution)
class InstitutionAdmin(ModelAdmin, TabbedTranslationAdmin):
    list_display = ["name", "country", "kind", "successor"]
    list_filter = ["kind"]
    list_select_related = ["country", "successor"]
    search_fields = ["name"]
    autocomplete_fields = ["country", "successor"]


class PersonEmailInline(TabularInline):
    model = PersonEmail
    extra = 0
    readonly_fields = ["verified_at"]


@admin.register(Person)
class PersonAdmin(ModelAdmin):
    list_display = ["full_name", "country", "institution_label", "post"]
    list_filter = ["country__group", "is_demo"]
    list_select_related = ["country", "institution"]
    search_fields = ["full_name"]
    search_help_text = _("In any spelling: Əliyev, Aliyev, Алиев")
    autocomplete_fields = ["country", "institution"]
    readonly_fields = ["created_at", "updated_at"]
    inlines = [PersonEmailInline]
    fieldsets = [
        (None, {"fields": ["full_name", "certificate_name", "other_script_name", "language"]}),
        (_("Represents"), {"fields": ["country", "institution", "institution_name", "post"]}),
        (_("Statistics"), {"fields": ["sex", "birth_year"]}),
        (_("Record"), {"fields": ["created_at", "updated_at"]}),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found = Person.objects.known_as if "@" in search_term else Person.objects.matching
        return queryset.filter(pk__in=found(search_term)), False

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        answer = super().change_view(request, object_id, *args, **kwargs)
        person = Person.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        if person and request.method == "GET" and answer.status_code == 200:
            record_read(request.user, person, "record opened")
        return answer


class UserForm(forms.ModelForm):
    """A new user has no password: they choose one with a code sent to the address."""

    class Meta:
        model = User
        fields = ["email", "person", "language", "is_active", "is_staff", "groups"]

    def save(self, commit: bool = True) -> User:
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(ModelAdmin):
    form = UserForm
    list_display = ["email", "person", "is_active", "is_staff", "last_login"]
    list_filter = ["is_staff", "is_active", "groups", "is_demo"]
    list_select_related = ["person"]
    search_fields = ["email"]
    autocomplete_fields = ["person"]
    filter_horizontal = ["groups"]
    readonly_fields = ["last_login", "date_joined"]
    actions = ["remove_second_factor"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*UserForm.Meta.fields, *(["last_login", "date_joined"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Who changes the address of an account can take it over.
        if obj and not request.user.is_superuser:
            return ["email", *self.readonly_fields]
        return self.readonly_fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    @admin.action(
        description=_("Remove the second factor (a lost telephone)"), permissions=["change"]
    )
    def remove_second_factor(self, request: HttpRequest, queryset: QuerySet) -> None:
        users = [user for user in queryset if self.has_change_permission(request, user)]
        removed = [user for user in users if _forget_factors(user)]
        for user in removed:
            self.log_change(request, user, "Removed the second factor")
        count = len(removed)
        done = ngettext(
            "%(count)d user is without a second factor.",
            "%(count)d users are without a second factor.",
            count,
        )
        messages.success(request, done % {"count": count})


def _forget_factors(user: User) -> bool:
    return Authenticator.objects.filter(user=user).delete()[0] > 0


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """What each role may do is settings.ROLES; here it can be read."""

    search_fields = ["name"]
    fields = ["name", "permissions"]


@admin.register(FocalPoint)
class FocalPointAdmin(ModelAdmin):
    list_display = ["person", "country", "institution", "starts_on", "ends_on"]
    list_select_related = ["person", "country", "institution"]
    search_fields = ["person__name_search"]
    autocomplete_fields = ["person", "country", "institution"]


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["person", "purpose", "given", "text_version", "language", "at"]
    list_filter = ["purpose", "given"]
    list_select_related = ["person"]


class AnswerForm(forms.ModelForm):
    decision = forms.ChoiceField(label=_("Decision"), choices=DataRequest.State.choices)

    class Meta:
        model = DataRequest
        fields = ["answer"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == DataRequest.State.REFUSED and not data.get("answer"):
            self.add_error("answer", _("Say why, in a sentence the person will read."))
        return data


@admin.register(DataRequest)
class DataRequestAdmin(ModelAdmin):
    form = AnswerForm
    list_display = ["person", "kind", "state", "asked_at", "answered_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["person"]
    readonly_fields = ["person", "kind", "note", "asked_at", "state", "answered_at", "answered_by"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        asked = self.has_change_permission(request, obj)
        return [*self.readonly_fields, *(["decision"] if asked else []), "answer"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        answered = obj is not None and obj.state != DataRequest.State.OPEN
        return not answered and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: DataRequest, form: Any, change: bool) -> None:
        decision, answer = form.cleaned_data["decision"], form.cleaned_data["answer"]
        if decision == DataRequest.State.DONE:
            obj.done(request.user, answer)
        elif decision == DataRequest.State.REFUSED:
            obj.refuse(request.user, answer)


@admin.register(PersonalDataRead)
class PersonalDataReadAdmin(ReadOnlyAdmin):
    list_display = ["at", "reader", "person", "what"]
    list_select_related = ["reader", "person"]
