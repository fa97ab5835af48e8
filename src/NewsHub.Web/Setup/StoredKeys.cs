using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Web.Setup;

/// <summary>
/// The keys that seal cookies, authenticator keys and secrets of webhooks, in the store: so all nodes have them. Of several nodes that make
/// one at once, only the first one's is kept, and the others go on with it.
/// </summary>
internal sealed class StoredKeys(IServiceScopeFactory scopes, TimeProvider clock) : IXmlRepository
{
    private const string Prefix = "keys/";

    /// <summary>Nobody makes another key so soon after one was made but because both found none.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(10);

    // The framework asks for them so.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<NewsDb>().Secrets.AsNoTracking()
            .Where(s => s.Name.StartsWith(Prefix))
            .OrderBy(s => s.Name)
            .Select(s => s.Value)
            .AsEnumerable()
            .Select(v => XElement.Parse(Encoding.UTF8.GetString(v)))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
        using var tx = db.Database.BeginTransaction();
        var now = clock.GetUtcNow();
        var lately = now - AtOnce;
        if (element.Name == "key" && db.Secrets.Any(s => s.Name.StartsWith(Prefix + "key-") && s.At >= lately)) return;
        db.Secrets.Add(new Secret(Prefix + friendlyName, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), now));
        db.SaveChanges();
        tx.Commit();
    }

    /// <summary>Takes over the keys of a folder, where a paper has moved into the store: without them nobody could sign in.</summary>
    public static async Task ImportFromAsync(NewsDb db, string folder, DateTimeOffset now, CancellationToken cancel)
    {
        if (!Directory.Exists(folder) || await db.Secrets.AnyAsync(cancel)) return;
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Secrets.AnyAsync(cancel)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml"))
            db.Secrets.Add(new Secret(
                Prefix + Path.GetFileNameWithoutExtension(file), await File.ReadAllBytesAsync(file, cancel), now - AtOnce - AtOnce));
        var newsletter = Path.Combine(folder, "newsletter.key");
        if (File.Exists(newsletter)) db.Secrets.Add(new Secret("newsletter", await File.ReadAllBytesAsync(newsletter, cancel), now));
        await db.SaveChangesAsync(cancel);
        await tx.CommitAsync(cancel);
    }

    /// <summary>The other way: a store that has become a file has its keys beside it again.</summary>
    public static async Task ExportToAsync(NewsDb db, string folder, CancellationToken cancel)
    {
        var secrets = await db.Secrets.ToListAsync(cancel);
        if (secrets.Count == 0) return;
        PrivateFiles.CreateFolder(folder);
        foreach (var secret in secrets)
        {
            var name = secret.Name == "newsletter" ? "newsletter.key"
                : secret.Name.StartsWith(Prefix, StringComparison.Ordinal) ? $"{secret.Name[Prefix.Length..]}.xml"
                : null;
            if (name is null || Path.GetFileName(name) != name) continue;
            await using var file = PrivateFiles.Open(Path.Combine(folder, name), FileMode.Create, FileAccess.Write);
            await file.WriteAsync(secret.Value, cancel);
        }
        db.Secrets.RemoveRange(secrets);
        await db.SaveChangesAsync(cancel);
    }
}
