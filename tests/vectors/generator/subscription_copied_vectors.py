"""The part of `subscription.json` about what people type or copy in place of a value.

Each kind stands in several spellings, and beside genuine values that resemble it.
"""

from __future__ import annotations

import json
import re

from .subscription_case import SECRET, AddCase, Text, record, record_text
from .subscription_secret_vectors import PLAIN

ID = "65f1c0ffee0123456789abcd"


def add_copied(add: AddCase) -> None:
    add_placeholders(add)
    add_surroundings(add)
    add_copied_secrets(add)
    add_schemes(add)
    add_other_fields(add)
    add_wildcards_and_opposites(add)
    add_wrapped(add)


def name_of(text: str) -> str:
    """An id for any text: its letters, and its other characters as their numbers."""
    return "".join(c if re.fullmatch("[a-z0-9]", c) else f"_{ord(c):x}_" for c in text).strip("_")


def add_placeholders(add: AddCase) -> None:
    def ids(prefix: str, code: str, *texts: str) -> None:
        for text in texts:
            add(f"{prefix}_id_{name_of(text)}", code, record(projectId=text), f"/projectId {code}")

    def urls(prefix: str, code: str, *texts: str, more: str = "") -> None:
        for text in texts:
            expected = [f"/target {more}"] if more else []
            add(f"{prefix}_url_{name_of(text)}", code, record(target=text), *expected, f"/target {code}")

    flag = "placeholder"
    ids("rejects", flag, "null", "undefined", "NaN", "None", "[object Object]", "[object Promise]")
    ids("rejects", flag, "${PROJECT}", "{{ project.id }}", "<your-project-id>", "%PROJECT_ID%", "$(cat id)", "#{id}")
    ids("rejects", flag, "$PROJECT", "$project_id", "acme-${ENV}", "${{ vars.PROJECT }}", "<nil>", " ${A} ")
    add("rejects_company_null", flag, record(tenantId="null"), f"/tenantId {flag}")
    urls("rejects", flag, "${TARGET}", "{{target}}", "<url>", "%TARGET%", "$TARGET", "undefined", "process.env.TARGET")
    urls("rejects", flag, "https://${HOST}/x", "https://{{host}}/x", "https://<host>/", "https://%HOST%/x", "https://$HOST/")
    urls("rejects", flag, "https://{host}/x", "https://[HOST]/x", "https://#{host}/x", "https://${{ vars.HOST }}/x")
    urls("rejects", flag, "https://undefined/x", "https://null:3000/", "https://undefined.example.org/", "https://None/")
    urls("rejects", flag, "https://hooks.<domain>/x", "https://example.org/${PATH}", "https://example.org:${PORT}/")
    urls("rejects", flag, "https://example.org/{{path}}?a=1", "https://user@$HOST/x", "$(url)", "https://$(host)/")
    urls("rejects", flag, "your-url-here", "https://example.org/%PATH%", "TODO: url", "${A}://${B}", "https://example.org/[object Object]")
    ids("rejects", flag, "{% tenant %}", "{%id%}")
    urls("rejects", flag, "https://%7B%7Bhost%7D%7D/x", "https://$%7bHOST%7d/x", "https://%3Chost%3E/")
    urls("rejects", flag, "https://example.org:PORT/x", "https://localhost:3000undefined", "https://localhost:undefined/")
    for text in ["${EVENT}", "{{event}}", "<event-name>", "%EVENT%", "undefined", "None", "$EVENT_NAME"]:
        add(f"rejects_name_{name_of(text)}", flag, record(eventName=["tag_created", text]), f"/eventName/1 {flag}")
    add("rejects_placeholder_of_proxy", flag, record(proxy={"url": "https://${PROXY}/"}), f"/proxy/url {flag}")
    add("rejects_placeholder_of_dotted_proxy", flag, record(**{"proxy.url": "%HTTPS_PROXY%"}), f"/proxy.url {flag}")

    flag = "placeholder_likely"
    ids("warns_of", flag, "YOUR_PROJECT_ID", "your-project", "yourTenantId", "yourcompany", "xxx", "XXXX-XXXX", "TODO")
    ids("warns_of", flag, "changeme", "change-me", "replace_with_id", "insert-id-here", "PLACEHOLDER", "n/a", "nil", "NULL")
    ids("warns_of", flag, "projectId", "PROJECT_ID", "VITE_COMPANY_ID", "[project]", "{acme}", "__PROJECT__", "@ID@", "!ID!")
    ids("warns_of", flag, "process.env.PROJECT", "ENV['PROJECT']", 'os.environ["PROJECT"]', "import.meta.env.ID", "vars.ID")
    ids("warns_of", flag, "{id}", "secrets.PROJECT", "System.getenv('A')", ".Values.projectId", "env.ID", "65f1c0...", "65f1\u2026")
    ids("warns_of", flag, "********", "....", "fill-me", "todo: ask Anna", "op://vault/item/id", "!Ref Project")
    ids("accepts", "id_shape", "acme/xxx")
    for text in ["todo-app", "nullable", "none-of-us", "undefined-behaviour", "box", "yours", "here", "change-request",
                 "environment", "x", "xx", "vault", "my-project", "placeholders", "example", "test", "tenant", "a.env"]:
        add(f"accepts_id_{name_of(text)}", flag, record(tenantId=text))
    urls("warns_of", flag, "https://your-host.example.org/", "https://yourdomain.com/x", "https://changeme.example.org/")
    urls("warns_of", flag, "https://example.org/{id}/x", "https://example.org/<path>", "https://example.org/undefined")
    urls("warns_of", flag, "https://example.org/$PATH", "https://example.org/x?t=null")
    urls("warns_of", flag, "https://TARGET_HOST/x", "https://HOSTNAME/", "https://my-host-here/", more="url_cluster_name")
    for text in ["tenant-id", "placeholder-service", "nan", "acme-project-id", "placeholder-demo"]:
        add(f"accepts_id_{name_of(text)}", flag, record(tenantId=text))
    ids("warns_of", flag, "tenantid", "placeholder-id", "project-placeholder", "placeholder_value", "acme_TENANT_ID", "[project 12]")
    ids("accepts", "id_shape", "[65f1c0ffee0123456789abcd]")
    for text in ["https://your-server.de/x", "https://api.yourcompany.com/", "https://placeholder.com/", "https://a.b.your-company.it/"]:
        add(f"accepts_url_{name_of(text)}", flag, record(target=text))
    urls("warns_of", flag, "https://yourcompany.mia-platform.example.org/", "https://your-server.example.org/x", "https://placeholder.example.org/", "https://your-domain.it/")
    urls("warns_of", flag, "https://yourcompany/", more="url_cluster_name")
    urls("warns_of", flag, "https://process.env.host/x", "https://example.org/...")
    for text in ["https://todo.example.org/", "https://example.org/hooks/{}", "https://example.org/?filter[name]=a",
                 "https://example.org/%C3%A9%20", "https://example.org/$batch", "https://example.org/nullable/undefined-x",
                 "https://env.example.org/", "https://vars.example.org/", "https://EXAMPLE.ORG/", "https://example.org/a%ABb%CDc",
                 "https://example.org/your/hook", "https://example.org/TODO", "https://x.example.org/xxx"]:
        add(f"accepts_url_{name_of(text)}", flag, record(target=text))
    for text in ["your_event", "event_name", "[event]", "{event}", "TODO", "process.env.EVENT", "string"]:
        add(f"warns_of_name_{name_of(text)}", flag, record(eventName=text), f"/eventName {flag}")
    ids("warns_of", flag, "string", "(null)", "%{TENANT}", "@{id}", "[REDACTED]", "/run/secrets/id")
    urls("warns_of", flag, "https://example.orgundefined/", "https://example.org/hookundefined", "https://example.orgNaN/x")


def add_surroundings(add: AddCase) -> None:
    def ids(code: str, *texts: str, meant: str = ID) -> None:
        for text in texts:
            expected = f"/projectId {code} {meant}" if meant else f"/projectId {code}"
            add(f"finds_{code}_in_id_{name_of(text)}", code, record(projectId=text), expected)

    def urls(code: str, *texts: str) -> None:
        for text in texts:
            add(f"finds_{code}_in_url_{name_of(text)}", code, record(target=text), f"/target {code}")

    def names(code: str, *texts: str) -> None:
        for text in texts:
            add(f"finds_{code}_in_name_{name_of(text)}", code, record(eventName=text), f"/eventName {code} tag_created")

    usual = "https://example.org/webhook"
    flag = "invisible_character"
    ids(flag, f"{ID}\u200b", f"\ufeff{ID}", f"\u202a{ID}\u202c", f"{ID[:9]}\xad{ID[9:]}", f"\u2060{ID}", f"{ID}\u200e", f"\xa0{ID}")
    ids(flag, "ac\u2028me", "acme\ufe0f", "a\u00a0cme", "ac\u3000me", "\U000e0061acme", meant="acme")
    add("rejects_id_of_a_zero_width_space", flag, record(tenantId="\u200b"), f"/tenantId {flag}")
    urls(flag, f"{usual}\u200b", f"\ufeff{usual}", "https://exam\u00adple.org/", f"\u202d{usual}", "https://local\u00adhost/")
    names(flag, "tag_created\u200b", "\ufefftag_created", "tag\u200d_created", "tag_created\xa0")
    add("accepts_id_of_accents", "id_shape", record(tenantId="caff\xe8-\u5317"), "/tenantId id_shape")

    flag = "value_assignment"
    ids(flag, f"PROJECT_ID={ID}", f"export PROJECT_ID={ID}", f"projectId: {ID}", f'"projectId": "{ID}",', f'{{"id":"{ID}"}}')
    ids(flag, f"set PROJECT={ID}", f"project = {ID}", f"- id: {ID}", f"const id = '{ID}';", f"$env:PROJECT={ID}")
    urls(flag, f"TARGET={usual}", f"export TARGET={usual}", f"target: {usual}", f"url:{usual}", f'"target": "{usual}"')
    urls(flag, f"TARGET='{usual}'", f'{{"url":"{usual}"}}', f"let url = {usual}")
    urls(flag, f"POST {usual}", f"curl {usual}", f"GET {usual} HTTP/1.1", f"wget {usual}")
    names(flag, "eventName=tag_created", "eventName: tag_created", '"eventName": "tag_created"', "export EVENT=tag_created")
    for text in ["https://example.org/?next=https://example.org/", "https://example.org/a=b:c", "https://example.org/x:%20y"]:
        add(f"accepts_url_with_equals_sign_{name_of(text)}", flag, record(target=text))

    flag = "value_quoted"
    ids(flag, f'"{ID}"', f"'{ID}'", f"`{ID}`", f"\u201c{ID}\u201d", f"\xab{ID}\xbb", f' "{ID}" ')
    urls(flag, f'"{usual}"', f"'{usual}'", f"`{usual}`", f"\u201c{usual}\u201d", f"<{usual}>", f"[hook]({usual})", f"({usual})")
    names(flag, '"tag_created"', "'tag_created'", "`tag_created`", "\u2018tag_created\u2019")
    add("accepts_one_quote_in_id", "id_shape", record(tenantId='"acme'), "/tenantId id_shape")

    flag = "value_escaped"
    ids(flag, f"{ID}\\n", f"{ID}\\r\\n", "acme\\u002d1", "acme\\/demo", "acme\\x2d1", meant="")
    urls(flag, f"{usual}\\n", "https:\\/\\/example.org\\/webhook", "https%3A%2F%2Fexample.org", "http%3a%2f%2fa.org%2f", "https://example.org/a\\u0026b", f"{usual}\\r\\n")
    for text in ["tag_created\\n", "tag\\u005fcreated"]:
        add(f"rejects_escape_in_name_{name_of(text)}", flag, record(eventName=text), f"/eventName {flag}")

    flag = "value_punctuated"
    ids(flag, f"{ID},", f"{ID};", f"{ID} ;")
    urls(flag, f"{usual},", f"{usual};")
    names(flag, "tag_created,", "tag_created;")
    add("accepts_punctuation_inside_url", flag, record(target="https://example.org/a,b;c?d=e,f"))
    add("warns_of_punctuated_proxy", flag, record(proxy={"url": "https://p.example.org;"}), "/proxy/url value_punctuated")


def add_copied_secrets(add: AddCase) -> None:
    def judged(prefix: str, code: str, secret: str, *more: str) -> None:
        expected = (f"/secret {one}" for one in more)
        add(f"{prefix}_secret_{name_of(secret)}", code, record(secret=secret), *expected)

    flag = "placeholder_likely"
    for secret, *more in [
        ("your-secret-here", "secret_short"),
        ("YOUR_WEBHOOK_SECRET_GOES_IN_THIS_PLACE",),
        ("insert-the-webhook-secret-here-please-here",),
        ("$MIA_WEBHOOK_SECRET_OF_THE_CONSOLE_X",),
        ("process.env.MIA_WEBHOOK_SECRET_OF_THIS",),
        ("ENV['MIA_WEBHOOK_SECRET_OF_CONSOLE']",),
        ('os.environ["MIA_WEBHOOK_SECRET_CONSOLE"]',),
        ("MIA_PLATFORM_CONSOLE_WEBHOOK_SECRET",),
        ("secrets.MIA_WEBHOOK_SECRET_OF_CONSOLE",),
        ("replace-this-with-a-long-random-secret",),
        ("vault:secret/data/mia#webhook-secret-1",),
        ("arn:aws:secretsmanager:eu-west-1:1:secret:mia",),
        ("TODO: ask the platform team for the secret",),
        ("!secret mia_webhook_secret_of_the_console",),
        ("ref+vault://secret/data/mia#/webhook-secret",),
        ("@Microsoft.KeyVault(SecretUri=https://a.example/)",),
        ("/run/secrets/mia-webhook-secret-of-the-console",),
        ("[redacted: ask the platform team for the secret]",),
        (f"{PLAIN[:32]}\u2026",),
        ("__MIA_WEBHOOK_SECRET_OF_THE_CONSOLE__",),
        ("[webhook secret of the mia-platform console]",),
        ("projects/1/secrets/mia/versions/latest",),
        ("projects/acme/secrets/console-webhook",),
        ("ENC[AES256_GCM,data:qZ7x,iv:W3kV,tag:9mB5,type:str]",),
        ("ENC(qZ7xW3kV9mB5tY1rPd4Jc6Lf8Gh2NsTu)",),
        ("(known after apply)", "secret_short"),
        ("(sensitive value)", "secret_short"),
        ("(value is hidden)", "secret_short"),
        ("enter secret", "secret_very_short", "secret_monotonous"),
        ("insert_the_webhook_secret", "secret_short"),
        ("sm://acme/console-webhook-secret-of-demo",),
        ("!vault | $ANSIBLE_VAULT;1.1;AES256 6238",),
        ("[object Promise], [object Promise], [object",),
    ]:
        judged("warns_of", flag, secret, *more, flag)
    judged("warns_of", flag, "xxxxxxxx", "secret_very_short", "secret_monotonous", flag)
    judged("warns_of", flag, "changeme", "secret_very_short", "secret_monotonous", "secret_common", flag)
    judged("warns_of", flag, "\u2022" * 16, "secret_monotonous", flag)
    for secret in [
        f"$2b$10${PLAIN}",
        f"here-{PLAIN}",
        f"yours-{PLAIN}",
        f"{PLAIN}-todo",
        f"!{PLAIN}@",
        f"${PLAIN}",
        f"xxx{PLAIN}",
        f"env-{PLAIN}",
        "A_B_C_D_E_F_G_H_I_J_K_L_M_N_O_P_Q_R_S_T",
        f"[{PLAIN}]",
        f"({PLAIN})",
        f"projects/{PLAIN}",
        f"enter-{PLAIN}",
        f"{{{PLAIN}}}",
    ]:
        judged("accepts", flag, secret)

    flag = "value_punctuated"
    judged("warns_of", flag, f"{PLAIN};", flag)
    judged("warns_of", flag, f"{PLAIN},", flag)
    judged("warns_of", flag, f"'{PLAIN}',", flag)
    judged("warns_of", flag, f"{PLAIN[:20]}+/=_-.{PLAIN[20:]};", flag)
    for signs in ["%", "&!", "(", "*", "@#", "$", ","]:
        judged("accepts", flag, f"{PLAIN[:20]}{signs}{PLAIN[20:]},")
    judged("accepts", flag, f"{PLAIN[:20]};,{PLAIN[20:]}")

    flag = "secret_invisible"
    for character in "\u200b\u200d\xad\u2060\ufeff\u202e\u00a0\u3000\ufe0f":
        judged("warns_of", flag, f"{PLAIN[:20]}{character}{PLAIN[20:]}", flag)
    judged("warns_of", flag, f"{PLAIN}\u200b", flag)
    judged("accepts", flag, f"{PLAIN}\xe9\u5317\U0001f511")

    flag = "secret_assignment"
    for line in [
        "MIA_WEBHOOK_SECRET={}",
        "export MIA_WEBHOOK_SECRET={}",
        "secret: {}",
        "webhookSecret = {}",
        "Bearer {}",
        "bearer {}",
        "$env:SECRET='{}'",
        "token={}",
        "sha256={}",
        "X-Mia-Signature: {}",
        "Basic {}",
        "{}  -",
        "set APP_VALUE={}",
        "X-Mia-Token: {}",
        '{{"KEY":"{}"}}',
        "ENV SECRET {}",
        "ENV MIA_TOKEN={}",
        "ARG WEBHOOK_SECRET {}",
        "SECRET := {}",
        "secret ?= {}",
        "'secret' => {}",
        "setx SECRET {}",
        'setx MIA_SECRET "{}"',
        "--secret {}",
        "--webhook-secret={}",
        "-e SECRET={}",
        '-H "X-Mia-Token: {}',
        "--from-literal=secret={}",
    ]:
        judged("warns_of", flag, line.format(PLAIN), flag)
    judged("warns_of", flag, f'"secret": "{PLAIN}"', "secret_quoted", flag)
    for line in ["--{}", "ENV {}", "--env {}", "-e {}", "secret-{}", "setx {} b", "secret {}", "Abc := {}", "a={}", "{}==", "{}=", "Abc:{}", "q:  {}", "{}=a", "=secret {}", "bearer-{}", "{} -", "basic-{}"]:
        judged("accepts", flag, line.format(PLAIN))

    flag = "secret_escaped"
    for end in ["\\n", "\\r\\n", "\\u000a", "\\x0a"]:
        judged("warns_of", flag, PLAIN + end, flag)
    judged("accepts", flag, f"{PLAIN}\\q\\")
    judged("warns_of", flag, f"{PLAIN[:20]}\\n{PLAIN[20:]}", flag)
    judged("warns_of", flag, f"{PLAIN}%0A", flag)
    judged("warns_of", flag, f"{PLAIN}%0d%0a", flag)
    judged("accepts", flag, f"{PLAIN}%0A%")
    judged("warns_of", flag, f"{PLAIN[:20]}%&{PLAIN[20:]}\\n", flag)
    for signs in ["%", "&!", "(", "*", "@#", "$"]:
        judged("accepts", flag, f"{PLAIN[:9]}{signs}{PLAIN[9:20]}\\n{PLAIN[20:]}")


def add_schemes(add: AddCase) -> None:
    def urls(prefix: str, code: str, *texts: str) -> None:
        for text in texts:
            add(f"{prefix}_{code}_{name_of(text)}", code, record(target=text), f"/target {code}")

    flag = "url_scheme_twice"
    urls("finds", flag, "https://https://example.org/", "http://https://example.org/", "https://http://example.org/")
    urls("finds", flag, "HTTPS://https://example.org/", "https:https://example.org/", "https://https//example.org")
    urls("finds", flag, "httpshttps://example.org/", "https://https:example.org/", "http:///http://example.org")
    urls("finds", flag, "https://www.https://example.org", "https://user@http://example.org/", "https://a.b.HTTPS:")
    flag = "url_scheme_misspelled"
    urls("finds", flag, "htps://example.org/", "https//example.org/", "https:/example.org", "https:example.org")
    urls("finds", flag, "hhtps://example.org/", "htttps://example.org/", "ttps://example.org/", "httsp://example.org/")
    urls("finds", flag, "https;//example.org/", "http//example.org/", "https:\\\\example.org\\x", "https:/\\example.org")
    urls("finds", flag, "https.://example.org/", "HTPPS://example.org/", "htp:/example.org", "https/example.org", "http;//a.b")
    urls("finds", flag, "http//:example.org", "hxxps://example.org/")
    urls("finds", flag, "https\uff1a//example.org/", "https:\uff0f\uff0fexample.org/", "http\uff1a\uff0f\uff0fa.b", "htps\uff1a//a.b")
    urls("finds", "url_malformed", "https://acme,io", "https://acme;io/x", "https://*.example.org/", "https://a=b/", "https://(acme).org")
    urls("finds", "placeholder", "https://&lt;host&gt;", "https://&lt;your-host&gt;/x", "&lt;url&gt;")
    for text in ["https://example.org/a,b*c", "https://example.org/?a=1&lt=2", "https://example.org/?q=&lt;1", "https://a,b@example.org/"]:
        code = "url_credentials" if "@" in text else ""
        add(f"accepts_signs_{name_of(text)}", "url_malformed", record(target=text), *([f"/target {code}"] if code else []))
    for text in ["https://host", "https://hostname/x", "https://domain:8080/", "http://endpoint"]:
        plain = ["/target url_plain_http"] if text.startswith("http:") else []
        more = [*plain, "/target url_cluster_name", "/target placeholder_likely"]
        add(f"warns_of_host_{name_of(text)}", "placeholder_likely", record(target=text), *more)
    add("accepts_host_of_a_service", "url_cluster_name", record(target="https://receiver/"), "/target url_cluster_name")
    flag = "url_scheme_missing"
    urls("finds", flag, "example.org/webhook", "//example.org/webhook", "localhost:8080/x", "example.org:443", "www.example.org")
    urls("finds", flag, "service/path", "10.0.0.1:8080/x", "hooks.example.org", "localhost", "example.org?x=1", "api:3000", "://example.org/x")
    add("accepts_host_named_https", "url_cluster_name", record(target="https://https:443/"), "/target url_cluster_name")
    add("accepts_url_in_path", "valid", record(target="https://example.org/https://example.org/"))
    for text in ["ftps://example.org/", "ssh://example.org/", "sftp://example.org/", "mqtt://example.org/"]:
        urls("finds", "url_scheme", text)


def add_other_fields(add: AddCase) -> None:
    def fields(code: str, meant: str, *keys: str) -> None:
        for key in keys:
            expected = f"/{key.replace('~', '~0')} {code} {meant}".strip()
            add(f"finds_{code}_{name_of(key)}", code, record(**{key: "x"}), expected)

    flag = "field_synonym"
    fields(flag, "tenantId", "companyId", "company_id", "company", "organizationId", "orgId", "tenantName", "COMPANY")
    fields(flag, "tenantId", "company-id", "companyid", "companies", "ownerCompany", "companyname", "organizationname", "organisation", "azienda")
    fields(flag, "projectId", "projectName", "project_ids", "consoleProject", "projectSlug", "projectname", "projectkeys", "progetto")
    fields(flag, "base64CA", "CA", "ca", "caCert", "ca_cert", "certificate", "tlsCert", "caBundle", "rootCA", "pem")
    fields(flag, "proxy.url", "httpProxy", "https_proxy", "proxyAddress")
    for key, field in [
        ("events", "eventName"),
        ("event", "eventName"),
        ("eventTypes", "eventName"),
        ("topics", "eventName"),
        ("trigger_events", "eventName"),
        ("url", "target"),
        ("endpoint", "target"),
        ("targetUrl", "target"),
        ("webhook_url", "target"),
        ("callback", "target"),
        ("webhook", "target"),
        ("destination", "target"),
        ("token", "secret"),
        ("secretKey", "secret"),
        ("signing_key", "secret"),
        ("webhookSecret", "secret"),
        ("password", "secret"),
    ]:
        rest = {name: value for name, value in record().items() if name != field}
        add(f"finds_{flag}_{name_of(key)}", flag, {**rest, key: "x"}, f"/{field} field_missing", f"/{key} {flag} {field}")
    for key, field in [("companyId", "tenantId"), ("company", "tenantId"), ("projectName", "projectId")]:
        given = record(**{field: "acme", key: "acme"})
        add(f"accepts_{name_of(key)}_beside_the_right_field", "field_unknown", given, f"/{key} field_unknown")
    add(
        "accepts_proxy_of_another_name_beside_proxy",
        "field_unknown",
        record(proxy={"url": "https://p.example.org"}, httpProxy="x"),
        "/httpProxy field_unknown",
    )

    flag = "field_filter"
    fields(flag, "", "filter", "filters", "environment", "env", "serviceName", "scope", "branch", "namespace", "onlyErrors")
    fields(flag, "", "excludeEvents", "ignored_projects", "exceptCompany", "eventsToSkip", "blockedTenants", "withoutTags")
    fields(flag, "", "disabled", "paused", "workspaceId", "where", "includes", "resourceType")
    fields(flag, "", "clientId", "customer_id", "accountId", "teamId", "groups", "repository", "noProjects", "oldTenantId", "excludeevents", "ignoredtenants")
    fields("field_unknown", "", "skipTlsVerify", "noProxy", "oldSecret", "previous_token", "ignoreCertificate", "no-check")
    fields(flag, "", "projectId!", "projectId__ne", "tenantId!=", "!tenantId", "-projectId", "projectId[ne]", "notProjectId")
    fields(flag, "", "eventName!", "~eventName", "eventName__nin", "tenantIdNot", "non_tenant_id", "projectId<>", "no-event")
    fields(flag, "", "projectTag", "parentTenantId", "companyGroup", "project_branch", "tenantRegion", "projecttype", "organizer")
    for key, value, code in [
        ("enabled", False, flag),
        ("isActive", False, flag),
        ("active", "false", flag),
        ("status", "paused", flag),
        ("state", "Disabled", flag),
        ("webhookEnabled", False, flag),
        ("subscription_suspended", True, flag),
        ("isPaused", True, flag),
        ("stopped", 1, flag),
        ("enabled", True, "field_unknown"),
        ("status", "ok", "field_unknown"),
        ("disabled", False, "field_unknown"),
        ("paused", "no", "field_unknown"),
        ("state", None, "field_unknown"),
    ]:
        add(f"judges_switch_{name_of(key)}_{value}".lower(), flag, record(**{key: value}), f"/{key} {code}")
    fields("field_misspelled", "tenantId", "tenantId-", "tenantIdd", "--tenantId", "tenant id")
    fields(flag.replace("filter", "synonym"), "projectId", "projectRef", "my_project", "project_key_list", "projectcode")
    fields("field_misspelled", "base64CA", "base64CA!", "!base64CA")
    fields("field_unknown", "", "description", "createdAt", "labels", "retries", "enabled", "version", "_id", "headers")
    fields("field_unknown", "", "method", "key", "category", "canary", "author", "displayName")


def add_wildcards_and_opposites(add: AddCase) -> None:
    def names(code: str, *texts: str) -> None:
        for text in texts:
            add(f"finds_{code}_{name_of(text)}", code, record(eventName=text), f"/eventName {code}")

    flag = "event_name_wildcard"
    names(flag, "*", "project_*", "*_created", "all", "ALL", "any", "project.*", "^tag_.*$", "/user_.*/", "(tag|user)_added")
    names(flag, "tag_created|tag_deleted", "user_?", "%", "everything", "all_events", "all events", "tag_[a-z]+", "**", ".*", "user_{added,removed}", "{project,tag}_created")
    names("event_name_joined", '["tag_created"]', '["tag_created", "tag_deleted"]', ' ["x"]')
    for text in ["*", "acme-*", "ALL", "any", "all"]:
        add(f"warns_of_id_wildcard_{name_of(text)}", "id_wildcard", record(tenantId=text), "/tenantId id_wildcard")
    add("accepts_id_that_starts_with_all", "id_wildcard", record(tenantId="all-things"))
    names("event_name_unknown", "all_hands", "anything_else", "recall")

    flag = "event_name_unknown"
    names(flag, "project_archived", "project_delete", "service_deleted", "project_updated", "tag_moved", "configuration_deleted")
    names(flag, "user_enabled", "user_disabled", "deploy_started", "deploy_stopped", "user_locked", "user_unlocked", "project")
    names(flag, "projectDeleted", "projectdeleted", "service-removed", "company_user_restored", "serviceupdated", "user_invited")
    for text, meant in [
        ("project_added", "project_created"),
        ("user_deleted", "user_removed"),
        ("users_deleted", "user_removed"),
        ("user_updated", "user_edited"),
        ("tag_removed", "tag_deleted"),
        ("configuration_updated", "configuration_saved"),
        ("projectCreate", "project_created"),
        ("project_creatde", "project_created"),
        ("tag_delted", "tag_deleted"),
        ("tags.deleted", "tag_deleted"),
        ("servicecreate", "service_created"),
        ("usr_removed", "user_removed"),
        ("project_user_deleted", "project_user_removed"),
        ("company_user_modified", "company_user_edited"),
        ("new_project_created", "project_created"),
        ("project_created_v2", "project_created"),
        ("created_project", "project_created"),
        ("removedUser", "user_removed"),
        ("TagDeletedEvent", "tag_deleted"),
        ("tag_deletion", "tag_deleted"),
        ("project:created", "project_created"),
        ("user_rem0ved", "user_removed"),
        ("ProjectDeletedEvent", None),
        ("deleted_service", None),
        ("project_uncreated", None),
        ("tag_undeleted", None),
        ("configuration_unsaved", None),
        ("project_created_failed", None),
        ("user_added_failed", None),
        ("userRemovedError", None),
        ("tag_deleted_reverted", None),
        ("service_create_requested", None),
        ("project-creation-started", None),
        ("failed_configuration_saved", None),
        ("pre_project_created", None),
        ("beforeTagCreated", None),
        ("notprojectcreated", None),
        ("nonproject_created", None),
        ("untag_created", None),
        ("project_created_event_v2", "project_created"),
        ("created_project_created", "project_created"),
        ("user_deleted_from_project", "user_removed"),
        ("project_created!", "project_created"),
        ("user_unassigned", None),
    ]:
        suggestion = f" {meant}" if meant else ""
        add(f"suggests_the_same_for_{name_of(text)}", flag, record(eventName=text), f"/eventName {flag}{suggestion}")
    names(flag, "!project_created", "not_project_created", "project_not_created", "no_project_created", "notTagCreated")
    names(flag, "!tag_deleted", "~tag_deleted", "-user_added", "configuration_not_saved", "not project_created", "NOT tag_deleted")
    names(flag, "!*", "* !tag_deleted", "all but tag_created", "everything except user_added", "eventName != tag_created")
    names(flag, "!user_*", "^(?!tag_).*$", "\xacuser_added", "event<>tag_created", "non-tag-created", "$ne.tag_created")
    names("value_assignment", "not: tag_created", "EVENT_NOT=tag_created", '"eventName": "!tag_created"')
    names("value_quoted", "'!tag_created'", '"-tag_deleted"')
    for text in ["- tag_created", "--tag_created"]:
        found = "/eventName event_name_misspelled tag_created"
        add(f"accepts_dash_before_name_{name_of(text)}", "event_name_misspelled", record(eventName=text), found)


def add_wrapped(add: AddCase) -> None:
    flag = "record_wrapped"
    for key in ["webhook", "data", "spec", "record"]:
        add(f"finds_{flag}_in_{key}", flag, {key: record()}, f"/{key} {flag}")
    add(f"finds_{flag}_beside_others", flag, {"id": 1, "kind": "Webhook", "item": record()}, f"/item {flag}")
    add(f"finds_{flag}_in_list", flag, {"items": [1, record()]}, f"/items {flag}")
    add(f"finds_{flag}_as_text", flag, {"body": json.dumps(record())}, f"/body {flag}")
    add(f"finds_{flag}_behind_a_slash", flag, {"a/b": {"eventName": "x", "secret": SECRET}}, f"/a~1b {flag}")
    missing = [f"/{field} field_missing" for field in ("eventName", "target", "secret")]
    add("accepts_object_with_one_field_of_a_record", flag, {"a": {"secret": 1}}, *missing, "/a field_unknown")
    add("accepts_record_inside_a_record", flag, record(old=record()), "/old field_unknown")
    add(
        "rejects_record_in_lists_of_lists",
        "not_an_object",
        Text(f"[[{record_text()}]]"),
        "not_an_object",
    )
