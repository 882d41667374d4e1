"""The table of every address, and what each kind of person gets there by GET.

Columns: visitor, amina (the owner of the objects), boris (another participant), clara
(coordinator), dilara (expert, owner of the profile), emil (focal point), farid (administrator),
gunel (librarian), hasan (director). Object names stand for the rows of test_addresses.py.
"""

PEOPLE = ["visitor", "amina", "boris", "clara", "dilara", "emil", "farid", "gunel", "hasan"]

PUBLIC = "200 200 200 200 200 200 200 200 200"
SIGNED_IN = "302 200 200 200 200 200 200 200 200"
REDIRECTS = "302 302 302 302 302 302 302 302 302"
# Pages about the second factor ask for the password again first.
ASKED_AGAIN = REDIRECTS
# Nobody of them has recovery codes, so there is nothing to show.
HIDDEN = "302 404 404 404 404 404 404 404 404"
# People who attended a training; others are told so.
ALUMNI = "302 200 403 403 403 403 403 403 403"
GONE = "404 404 404 404 404 404 404 404 404"

TABLE: list[tuple[str, str, str]] = [
    ("root", "", REDIRECTS),
    ("healthz", "", PUBLIC),
    ("readyz", "", PUBLIC),
    ("metrics", "", PUBLIC),  # this machine only; see the headers test for others
    ("robots", "", PUBLIC),
    ("security_txt", "", PUBLIC),
    ("sitemap", "", PUBLIC),
    ("django.contrib.sitemaps.views.sitemap", "section:trainings", PUBLIC),
    ("portal:home", "", PUBLIC),
    ("portal:search", "", PUBLIC),
    ("portal:coverage", "", PUBLIC),
    ("portal:objective_page", "number:11", PUBLIC),
    ("portal:objective_page", "number:99", GONE),
    ("portal:principle_page", "letter:a", PUBLIC),
    ("portal:country_page", "iso2:az", PUBLIC),
    ("portal:me", "", SIGNED_IN),
    ("trainings:training_list", "", PUBLIC),
    ("trainings:training_page", "slug:published", PUBLIC),
    ("trainings:training_page", "slug:draft", "404 404 404 200 404 404 200 404 200"),
    ("trainings:calendar", "slug:published", PUBLIC),
    ("trainings:calendar", "slug:draft", "404 404 404 200 404 404 200 404 200"),
    ("trainings:apply", "slug:published", "302 302 200 200 200 200 200 200 200"),
    ("trainings:apply", "slug:draft", "302 404 404 200 404 404 200 404 200"),
    ("trainings:my_applications", "", SIGNED_IN),
    ("trainings:confirm", "pk:application", REDIRECTS),
    ("trainings:decline", "pk:application", REDIRECTS),
    ("trainings:withdraw", "pk:application", REDIRECTS),
    ("trainings:invitation", "link:invitation", PUBLIC),
    ("trainings:invitation", "link:wrong", GONE),
    ("trainings:my_certificates", "", SIGNED_IN),
    ("trainings:certificate_file", "code:certificate", "302 200 404 200 404 404 200 404 200"),
    ("trainings:paper", "code:paper", "302 200 404 200 404 404 200 404 200"),
    ("trainings:paper", "code:UNKNOWN", "302 404 404 404 404 404 404 404 404"),
    ("trainings:certificate_check", "", PUBLIC),
    ("trainings:certificate_page", "code:certificate", PUBLIC),
    ("trainings:certificate_page", "code:UNKNOWN", GONE),
    ("trainings:training_cascade", "slug:published", PUBLIC),
    ("trainings:training_cascade", "slug:draft", "404 404 404 200 404 404 200 404 200"),
    ("trainings:my_roll_outs", "", SIGNED_IN),
    ("trainings:correct_roll_out", "pk:roll-out", "302 200 404 404 404 404 404 404 404"),
    ("trainings:trainers_pack", "", SIGNED_IN),
    ("trainings:my_listing", "", ALUMNI),
    ("trainings:alumni_list", "", ALUMNI),
    ("trainings:write_to", "pk:listed", "302 200 404 404 404 404 404 404 404"),
    ("trainings:call_page", "pk:call", ALUMNI),
    ("curriculum:module_list", "", PUBLIC),
    ("curriculum:module_page", "slug:module", PUBLIC),
    ("curriculum:module_page", "slug:draft-module", "404 404 404 200 404 404 200 200 200"),
    ("library:item_list", "", PUBLIC),
    ("library:item_page", "slug:item", PUBLIC),
    ("library:item_page", "slug:draft-item", "404 404 404 200 404 404 200 200 200"),
    ("library:citation", "slug:item format:bibtex", PUBLIC),
    ("library:citation", "slug:draft-item format:bibtex", "404 404 404 200 404 404 200 200 200"),
    ("library:file", "pk:file", PUBLIC),
    ("library:file", "pk:network-file", "302 403 403 200 200 403 200 200 200"),
    ("experts:expert_list", "", PUBLIC),
    ("experts:expert_page", "slug:expert", PUBLIC),
    ("experts:expert_page", "slug:draft-expert", "404 404 404 200 404 404 200 404 200"),
    ("experts:photo", "slug:expert", GONE),  # this profile has none
    ("experts:my_expert", "", SIGNED_IN),
    ("experts:preview", "", "302 404 404 404 200 404 404 404 404"),
    ("experts:submit", "", REDIRECTS),
    ("accounts:profile", "", SIGNED_IN),
    ("accounts:privacy", "", SIGNED_IN),
    ("accounts:consent", "purpose:processing", REDIRECTS),
    ("portal:my_data", "", SIGNED_IN),
    ("accounts:ask_erasure", "", REDIRECTS),
    ("account_login", "", "200 302 302 302 302 302 302 302 302"),
    ("account_logout", "", SIGNED_IN),
    ("account_inactive", "", PUBLIC),
    ("account_signup", "", "200 302 302 302 302 302 302 302 302"),
    ("account_reauthenticate", "", SIGNED_IN),
    ("account_email", "", SIGNED_IN),
    ("account_email_verification_sent", "", REDIRECTS),
    ("account_change_password", "", SIGNED_IN),
    ("account_set_password", "", REDIRECTS),
    ("account_reset_password", "", PUBLIC),
    ("account_confirm_login_code", "", REDIRECTS),
    ("account_confirm_password_reset_code", "", REDIRECTS),
    ("account_complete_password_reset", "", REDIRECTS),
    ("account_password_reset_completed", "", PUBLIC),
    ("account_request_login_code", "", "200 302 302 302 302 302 302 302 302"),
    ("mfa_index", "", SIGNED_IN),
    ("mfa_authenticate", "", REDIRECTS),
    ("mfa_reauthenticate", "", "302 302 302 200 302 302 200 200 200"),
    ("mfa_activate_totp", "", ASKED_AGAIN),
    ("mfa_deactivate_totp", "", "302 404 404 302 404 404 302 302 302"),
    ("mfa_view_recovery_codes", "", HIDDEN),
    ("mfa_generate_recovery_codes", "", ASKED_AGAIN),
    ("mfa_download_recovery_codes", "", HIDDEN),
    ("mfa_list_webauthn", "", SIGNED_IN),
    ("mfa_add_webauthn", "", ASKED_AGAIN),
    ("mfa_reauthenticate_webauthn", "", REDIRECTS),
    ("mfa_remove_webauthn", "pk:0", ASKED_AGAIN),
    ("mfa_edit_webauthn", "pk:0", ASKED_AGAIN),
    ("mfa_login_webauthn", "", REDIRECTS),
]
