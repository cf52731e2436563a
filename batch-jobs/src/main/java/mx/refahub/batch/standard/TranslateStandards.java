package mx.refahub.batch.standard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * First step of an import: makes of ACES and PIES the files that the other steps read. The same XML makes the same files, so a step that died is
 * done again.
 */
public final class TranslateStandards implements Tasklet {
    private final Workshop workshop;

    public TranslateStandards(Workshop workshop) {
        this.workshop = workshop;
    }

    public static List<Parameter> parameters() {
        return List.of(
                new Parameter(PiesFile.FILE, Parameter.Kind.FILE, false),
                new Parameter(AcesFile.FILE, Parameter.Kind.FILE, false),
                new Parameter(Vehicles.FILE, Parameter.Kind.FILE, false),
                new Parameter(Lines.PARAMETER, Parameter.Kind.TEXT, false));
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        long run = Workshop.run(contribution.getStepExecution());
        RunFolders folders = workshop.folders();
        Optional<Path> pies = folders.file(run, PiesFile.FILE);
        Optional<Path> aces = folders.file(run, AcesFile.FILE);
        Optional<Path> vehicles = folders.file(run, Vehicles.FILE);
        if (vehicles.isPresent() && aces.isEmpty())
            throw new RunRefused("El archivo de vehículos solo sirve junto con el de ACES.");
        if (pies.isEmpty() && aces.isEmpty()) return RepeatStatus.FINISHED;
        Lines lines =
                new Lines(contribution.getStepExecution().getJobParameters().getString(Lines.PARAMETER));
        if (pies.isPresent()) {
            for (String file : List.of("parts", "barcodes", "interchange", "relations", "removals"))
                refuseBoth(run, PiesFile.FILE, file);
            translatePies(run, pies.get(), lines);
        }
        if (aces.isPresent()) {
            refuseBoth(run, AcesFile.FILE, "fitments");
            refuseBoth(run, AcesFile.FILE, "fitment-removals");
            translateAces(
                    run, aces.get(), vehicles.isPresent() ? Vehicles.read(vehicles.get()) : Vehicles.none(), lines);
        }
        return RepeatStatus.FINISHED;
    }

    private void refuseBoth(long run, String standard, String file) {
        if (workshop.folders().isGiven(run, file))
            throw new RunRefused("Los archivos «" + standard + "» y «" + file
                    + "» dicen lo mismo; manda uno de los dos en esta corrida.");
    }

    private void translatePies(long run, Path from, Lines lines) throws IOException {
        PiesFile pies = new PiesFile(lines, LocalDate.ofInstant(workshop.clock().instant(), ZoneOffset.UTC));
        RunFolders folders = workshop.folders();
        Path parts = folders.toTranslate(run, "parts");
        Path barcodes = folders.toTranslate(run, "barcodes");
        Path interchange = folders.toTranslate(run, "interchange");
        Path relations = folders.toTranslate(run, "relations");
        Path removals = folders.toTranslate(run, "removals");
        PiesFile.Written written = pies.translate(from, parts, barcodes, interchange, relations, removals);
        if (written.parts() + written.removals() == 0)
            throw new RunRefused("El archivo «pies» no se importó: no trae ninguna pieza.");
        keep(run, "parts", parts, written.parts(), false);
        keep(run, "relations", relations, written.relations(), pies.isUpdate());
        keep(run, "removals", removals, written.removals(), false);
        keep(run, "barcodes", barcodes, written.barcodes(), pies.isUpdate());
        keep(run, "interchange", interchange, written.interchanges(), pies.isUpdate());
        if (written.removals() > 0) note(run, "El archivo de PIES da de baja %,d piezas.", written.removals());
        if (pies.otherCurrency() > 0)
            note(
                    run,
                    "Sin precio en pesos: %,d piezas del archivo de PIES; conservan el que tenían.",
                    pies.otherCurrency());
    }

    private void translateAces(long run, Path from, Vehicles vehicles, Lines lines) throws IOException {
        AcesFile aces = new AcesFile(vehicles, lines);
        Path fitments = workshop.folders().toTranslate(run, "fitments");
        Path removals = workshop.folders().toTranslate(run, "fitment-removals");
        AcesFile.Written written = aces.translate(from, fitments, removals);
        if (written.fitments() + written.removals() == 0)
            throw new RunRefused("El archivo «aces» no se importó: no trae ninguna aplicación.");
        keep(run, "fitments", fitments, written.fitments(), aces.isUpdate());
        keep(run, "fitment-removals", removals, written.removals(), false);
        if (written.removals() > 0) note(run, "El archivo de ACES da de baja %,d aplicaciones.", written.removals());
    }

    private void keep(long run, String file, Path path, long rows, boolean adding) throws IOException {
        if (rows == 0) Files.delete(path);
        else workshop.folders().translated(run, file, adding);
    }

    private void note(long run, String sentence, long count) {
        workshop.runs().note(run, String.format(Locale.ROOT, sentence, count));
    }
}
