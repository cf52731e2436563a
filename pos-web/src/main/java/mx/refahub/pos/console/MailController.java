package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Servers of e-mail, templates, and what became of letters. A password goes in and never out. */
@RestController
@RequestMapping("/console/api/mail")
final class MailController {
    private static final int MOST = 200;

    private final MailDesk desk;

    MailController(MailDesk desk) {
        this.desk = desk;
    }

    record Settings(MailDesk.Account account, MailDesk.Box inbox) {}

    /** @param secret null: as it is */
    record TypedAccount(
            boolean enabled,
            @NotBlank @Size(max = 253) String host,
            @Min(1) @Max(65535) int port,
            @NotNull MailServer.Security security,
            @Nullable @Size(max = 254) String user,
            @Nullable @Size(max = 500) String secret,
            @NotBlank @Size(max = 254) String fromAddress,
            @Nullable @Size(max = 100) String fromName,
            @Nullable @Size(max = 300) String link) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "TypedAccount[" + host + "]";
        }
    }

    record TypedBox(
            boolean enabled,
            @NotBlank @Size(max = 253) String host,
            @Min(1) @Max(65535) int port,
            @NotNull MailServer.Security security,
            @NotBlank @Size(max = 254) String user,
            @Nullable @Size(max = 500) String secret,
            @NotBlank @Size(max = 100) String folder,
            @NotBlank @Size(max = 100) String takenFolder,
            @NotBlank @Size(max = 100) String refusedFolder) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "TypedBox[" + host + "]";
        }
    }

    record Test(
            @NotBlank @Size(max = 254) String to, @Nullable String language) {}

    record Letters(List<MailDesk.Sent> letters) {}

    record ReceivedRows(List<MailDesk.Received> received) {}

    record TemplateView(
            String event, String language, String subject, String body, boolean changed, List<String> places) {
        static TemplateView of(MailDesk.Template template) {
            return new TemplateView(
                    template.event().wireName(),
                    template.language().code(),
                    template.subject(),
                    template.body(),
                    template.changed(),
                    template.event().places());
        }
    }

    record Templates(List<TemplateView> templates) {}

    record TypedTemplate(
            @NotNull @Size(max = 1000) String subject,
            @NotNull @Size(max = 50_000) String body) {}

    @GetMapping
    Settings settings() {
        return new Settings(desk.account(), desk.box());
    }

    @PutMapping
    Settings keep(@RequestBody @Valid TypedAccount typed, @AuthenticationPrincipal Person who) {
        ActRefused.unlessDone(desk.keep(
                new MailDesk.Account(
                        typed.enabled(),
                        typed.host(),
                        typed.port(),
                        typed.security(),
                        text(typed.user()),
                        false,
                        typed.fromAddress(),
                        text(typed.fromName()),
                        text(typed.link())),
                typed.secret(),
                who));
        return settings();
    }

    @PutMapping("/inbox")
    Settings keepBox(@RequestBody @Valid TypedBox typed, @AuthenticationPrincipal Person who) {
        ActRefused.unlessDone(desk.keep(
                new MailDesk.Box(
                        typed.enabled(),
                        typed.host(),
                        typed.port(),
                        typed.security(),
                        typed.user(),
                        false,
                        typed.folder(),
                        typed.takenFolder(),
                        typed.refusedFolder(),
                        null,
                        ""),
                typed.secret(),
                who));
        return settings();
    }

    @PostMapping("/test")
    MailDesk.Sent test(@RequestBody @Valid Test typed, @AuthenticationPrincipal Person who) {
        return ActRefused.unlessDone(
                desk.test(typed.to(), Language.of(Objects.requireNonNullElse(typed.language(), "es")), who));
    }

    @GetMapping("/letters")
    Letters letters(@RequestParam(required = false) MailDesk.@Nullable State state) {
        return new Letters(desk.letters(state, null, MOST));
    }

    @PostMapping("/letters/{id}/again")
    MailDesk.Sent again(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return ActRefused.unlessDone(desk.again(id, who));
    }

    @GetMapping("/received")
    ReceivedRows received() {
        return new ReceivedRows(desk.received(MOST));
    }

    @GetMapping("/templates")
    Templates templates() {
        return new Templates(desk.templates().stream().map(TemplateView::of).toList());
    }

    @PutMapping("/templates/{event}/{language}")
    TemplateView keep(
            @PathVariable String event,
            @PathVariable String language,
            @RequestBody @Valid TypedTemplate typed,
            @AuthenticationPrincipal Person who) {
        return TemplateView.of(ActRefused.unlessDone(desk.keep(template(event, language, typed), who)));
    }

    @DeleteMapping("/templates/{event}/{language}")
    TemplateView reset(@PathVariable String event, @PathVariable String language, @AuthenticationPrincipal Person who) {
        return TemplateView.of(ActRefused.unlessDone(desk.reset(event(event), Language.of(language), who)));
    }

    @PostMapping("/templates/{event}/{language}/preview")
    MailDesk.Preview preview(
            @PathVariable String event, @PathVariable String language, @RequestBody @Valid TypedTemplate typed) {
        return ActRefused.unlessDone(desk.preview(template(event, language, typed)));
    }

    private static MailDesk.Template template(String event, String language, TypedTemplate typed) {
        return new MailDesk.Template(event(event), Language.of(language), typed.subject(), typed.body(), true);
    }

    private static NoticeEvent event(String name) {
        return NoticeEvent.of(name).orElseThrow(() -> ActRefused.of("template-unknown", name));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
