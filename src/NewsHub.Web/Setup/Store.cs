using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Audience;
using NewsHub.Core.Editing;
using NewsHub.Core.Engagement;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Core.Search;
using NewsHub.Core.Sharing;
using NewsHub.Core.Store;
using NewsHub.Core.Transfer;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Live;
using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>The store, the media and what reads them.</summary>
internal static class StoreSetup
{
    /// <summary>Contexts that are kept to be used again.</summary>
    private const int Contexts = 64;

    /// <param name="patience">How long a statement waits while another process writes, in whole seconds.</param>
    public static void AddStore(this IHostApplicationBuilder builder, int patience)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        var folders = Folders.From(Settings.Read<FolderOptions>(builder.Configuration));
        services.AddSingleton(folders);
        var keys = services.AddDataProtection().SetApplicationName("NewsHub");
        services.AddSingleton<CommitSignal>();
        var store = Provider(builder.Configuration, patience);
        // By a function, so that it is disposed with the others.
        services.AddSingleton(_ => store);
        var redis = Settings.Read<RedisOptions>(builder.Configuration).Url;
        if (redis is not null && store is not PostgresProvider)
            throw new SettingsException("The setting Redis:Url needs Store:Postgres beside it: one machine counts in its own memory.");
        services.AddSingleton(s => new StoreHealth(s.GetRequiredService<IStoreProvider>(), s.GetRequiredService<Folders>().Data));
        if (store is PostgresProvider postgres)
        {
            services.AddDbContextPool<NewsDb, PostgresNewsDb>(Use, Contexts);
            services.AddSharedState(postgres.Connection, redis);
        }
        else
        {
            services.AddDbContextPool<NewsDb>(Use, Contexts);
            keys.PersistKeysToFileSystem(new DirectoryInfo(folders.Keys));
            services.AddSingleton<IPresence>(s => new MemoryPresence(
                s.GetRequiredService<TimeProvider>(), s.GetRequiredService<NewsroomUpdates>().Changed));
        }
        services.AddSingleton(s => new FolderMediaStore(s.GetRequiredService<Folders>().Media));
        if (Settings.Read<S3Options>(builder.Configuration).Connection is { } objects)
            services.AddSingleton(_ => new S3MediaStore(objects));
        services.AddSingleton<IMediaStore>(s => (IMediaStore?)s.GetService<S3MediaStore>() ?? s.GetRequiredService<FolderMediaStore>());
        services.AddSingleton<PictureProcessor>();
        services.AddSingleton<SiteSnapshot.Current>();
        services.AddSingleton(s => new CurrentReaders(
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<LiveOptions>().ReadersFromOneAddress));
        services.AddSingleton<EngagementQueue>();
        services.AddSingleton<AudienceCounts>();
        services.AddScoped(s => s.GetRequiredService<NewsDb>().Index);
        services.AddScoped<Indexing>();
        services.AddScoped<PublishedNews>();
        services.AddScoped<Importer>();
        services.AddScoped<Exporter>();
        services.AddScoped<Seeder>();
        services.AddSingleton(s => new Backup(s.GetRequiredService<IStoreProvider>(), folders.Data, folders.Media, folders.Keys,
            s.GetRequiredService<TimeProvider>(), s.GetService<S3MediaStore>()));
    }

    /// <summary>The database that the settings name.</summary>
    /// <param name="patience">How long a statement waits while another process writes, in whole seconds.</param>
    public static IStoreProvider Provider(IConfiguration settings, int patience) =>
        Settings.Read<StoreOptions>(settings).Postgres is { } connection
            ? new PostgresProvider(connection, patience)
            : new SqliteProvider(Folders.From(Settings.Read<FolderOptions>(settings)).Store, patience);

    /// <summary>The database that a text of the command line names: a connection string of PostgreSQL, or else the path of a file or of its
    /// folder.</summary>
    /// <exception cref="StoreException">It looks like a connection string, and is none.</exception>
    public static IStoreProvider ProviderFor(string target)
    {
        if (!target.Contains('=', StringComparison.Ordinal) && !target.Contains("://", StringComparison.Ordinal))
            return new SqliteProvider(Path.GetFullPath(Directory.Exists(target) ? Path.Combine(target, "news.db") : target));
        // What is said of it must not have the password in it.
        if (new StoreOptions.ConnectionAttribute().Wrong(target) is { } why) throw new StoreException($"--to cannot be used; {why}");
        return new PostgresProvider(target);
    }

    /// <summary>What several nodes on one store share.</summary>
    private static void AddSharedState(this IServiceCollection services, string connection, string? redis)
    {
        services.AddSingleton<NodeSecrets>();
        services.AddSingleton<ISharedCounts>(_ => redis is null ? new PostgresCounts(connection) : new RedisCounts(redis));
        services.AddSingleton<SharedCounts>();
        services.AddSingleton(_ => new PostgresListener(connection));
        services.AddSingleton<IPresence>(s => new PostgresPresence(connection, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<StoredKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<StoredKeys>((options, keys) => options.XmlRepository = keys);
    }

    private static void Use(IServiceProvider services, DbContextOptionsBuilder options)
    {
        services.GetRequiredService<IStoreProvider>().Use(options);
        options.EnableThreadSafetyChecks(false).AddInterceptors(services.GetRequiredService<CommitSignal>());
    }

    /// <summary>Brings the store up to this program.</summary>
    /// <returns>Held while one works on the store: until then nobody restores another in its place.</returns>
    public static async Task<IAsyncDisposable> OpenStoreAsync(this IServiceProvider services, CancellationToken cancel = default)
    {
        var store = services.GetRequiredService<IStoreProvider>();
        var hold = await store.HoldAsync(cancel);
        try
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
            await store.MigrateAsync(db, Waits, cancel);
            await services.PlaceKeysAsync(db, cancel);
            return hold;
        }
        catch
        {
            await hold.DisposeAsync();
            throw;
        }

        static void Waits() => Console.Error.WriteLine(
            "Another process is bringing the store up to its version of the program; that is waited for, half a minute at most.");
    }

    /// <summary>Sees that the house's keys are where this store has them.</summary>
    private static async Task PlaceKeysAsync(this IServiceProvider services, NewsDb db, CancellationToken cancel)
    {
        var (folder, now) = (services.GetRequiredService<Folders>().Keys, services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (services.GetService<NodeSecrets>() is not { } secrets)
        {
            await StoredKeys.ExportToAsync(db, folder, cancel);
            return;
        }
        await StoredKeys.ImportFromAsync(db, folder, now, cancel);
        await secrets.LoadAsync(db, now, cancel);
        if (services.GetService<SetUpKey>() is { } key && await SetUpKey.IsWantedAsync(db, cancel))
            key.Share(await db.SecretAsync(SetUpKey.Name, key.Bytes, now, cancel));
    }

    /// <summary>The first import of an empty store, and one that was cut short; null when the store has been filled before.</summary>
    public static async Task<ImportResult?> FillStoreAsync(this IServiceProvider services, CancellationToken cancel = default)
    {
        await using var scope = services.CreateAsyncScope();
        var folders = services.GetRequiredService<Folders>();
        var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
        // An empty folder is a paper that begins with nothing.
        if (!Directory.Exists(folders.Content) || !Directory.EnumerateFileSystemEntries(folders.Content).Any()) return null;
        if (await db.Sites.AnyAsync(s => s.ImportedAt != null, cancel)) return null;
        return await scope.ServiceProvider.GetRequiredService<Importer>().RunAsync(folders.Content, cancel: cancel);
    }

    /// <summary>Whether somebody has yet to set the newsroom up.</summary>
    public static async Task<bool> HasNoAdministratorAsync(this IServiceProvider services, CancellationToken cancel = default)
    {
        await using var scope = services.CreateAsyncScope();
        return await SetUpKey.IsWantedAsync(scope.ServiceProvider.GetRequiredService<NewsDb>(), cancel);
    }
}
