using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Store;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Tests.Setup;

/// <summary>The house's keys in a store that nodes share.</summary>
public sealed class StoredKeysTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2025, 7, 1, 15, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-keys-");
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _connection = await PostgresServer.MakeDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection.Length > 0) await PostgresServer.DropAsync(_connection);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Keys_of_a_folder_are_taken_over_once_and_lie_beside_a_file_again_when_the_paper_has_moved_back()
    {
        var stop = TestContext.Current.CancellationToken;
        var (from, back) = (_folder.CreateSubdirectory("from").FullName, Path.Combine(_folder.FullName, "back"));
        byte[] newsletter = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        await File.WriteAllTextAsync(Path.Combine(from, "key-1.xml"), "<key id=\"1\" />", stop);
        await File.WriteAllBytesAsync(Path.Combine(from, "newsletter.key"), newsletter, stop);
        await using var db = new PostgresProvider(_connection).Open();
        await StoredKeys.ImportFromAsync(db, from, Now, stop);
        Assert.Equal(newsletter, await db.SecretAsync("newsletter", () => throw new InvalidOperationException(), Now, stop));

        // Another node's folder says nothing any more.
        await File.WriteAllBytesAsync(Path.Combine(from, "newsletter.key"), new byte[32], stop);
        await StoredKeys.ImportFromAsync(db, from, Now, stop);
        await db.SecretAsync("limits", () => [1], Now, stop);
        await StoredKeys.ExportToAsync(db, back, stop);
        Assert.Equal(["key-1.xml", "newsletter.key"], Directory.GetFiles(back).Select(Path.GetFileName).Order());
        Assert.Equal("<key id=\"1\" />", await File.ReadAllTextAsync(Path.Combine(back, "key-1.xml"), stop));
        Assert.Equal(newsletter, await File.ReadAllBytesAsync(Path.Combine(back, "newsletter.key"), stop));
        Assert.False(await db.Secrets.AnyAsync(stop));
    }

    [Fact]
    public async Task Of_several_nodes_that_find_no_key_one_makes_it_and_what_is_revoked_is_always_kept()
    {
        await using var app = new NewsHubApp { Content = Repository.Content, GoesOnFrom = (null, _connection) };
        _ = app.Client;
        var keys = app.Services.GetRequiredService<StoredKeys>();
        var before = keys.GetAllElements().Count(e => e.Name == "key");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(
            () => keys.StoreElement(new XElement("key", new XAttribute("id", i)), $"key-{i}"))));
        Assert.Equal(Math.Max(1, before), keys.GetAllElements().Count(e => e.Name == "key"));
        keys.StoreElement(new XElement("revocation"), "revocation-1");
        Assert.Contains(keys.GetAllElements(), e => e.Name == "revocation");
        app.Time.Advance(TimeSpan.FromMinutes(11));
        keys.StoreElement(new XElement("key", new XAttribute("id", "later")), "key-later");
        Assert.Contains(keys.GetAllElements(), e => e.Attribute("id")?.Value == "later");
    }
}
