using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Media;
using NewsHub.Web.Setup;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Reader;

/// <summary>Many pictures that are not made yet are asked for at once: the paper goes on, and the line has an end.</summary>
public sealed class RenditionLineTests
{
    [Trait("Needs", "time")]
    [Fact]
    public async Task Beyond_the_bound_the_answer_is_503_with_a_time_and_pages_and_ready_pictures_go_on()
    {
        await using var paper = new SlowPaper();
        var ready = (await paper.ArticleAsync(SamplePaper.LeadStory)).One(".lead-shot img")!.GetAttribute("src")!;
        paper.Originals.Gate.Set();
        Assert.Equal(HttpStatusCode.OK, (await paper.GetAsync(ready)).Status);
        paper.Originals.Gate.Reset();
        var cancel = TestContext.Current.CancellationToken;
        var pictures = await paper.FromElsewhereAsync(
            db => db.Pictures.AsNoTracking().Where(p => p.Hash != "").Take(40).ToListAsync(cancel));
        var addresses = pictures.SelectMany(p => Rendition.Widths(Crop.Card, p.Width, p.Height)
            .Where(w => w <= 640)
            .SelectMany(w => new[] { "jpg", "webp" }.Select(f => new Rendition(p.Key, Crop.Card, w, f).Address))).Take(100).ToList();
        Assert.Equal(100, addresses.Count);

        var all = new List<Task<HttpResponseMessage>> { paper.Client.GetAsync(new Uri(addresses[0], UriKind.Relative), cancel) };
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(paper.Originals.Open == 1), "the first one's turn has come");
        all.AddRange(addresses.Skip(1).Select(a => paper.Client.GetAsync(new Uri(a, UriKind.Relative), cancel)));
        // One is being made, and one asker may have 64 more in the line.
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(all.Count(t => t.IsCompleted) >= 35), "those beyond the bound are answered");
        foreach (var full in all.Where(t => t.IsCompleted).ToList())
        {
            using var answer = await full;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "no-store"), (answer.StatusCode, answer.Headers.CacheControl!.ToString()));
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
            all.Remove(full);
        }
        // One original at most is read: the one whose turn it is.
        Assert.Equal(1, paper.Originals.Open);
        Assert.Equal(HttpStatusCode.OK, (await paper.GetAsync(ready)).Status);
        Assert.Equal(HttpStatusCode.OK, (await paper.GetAsync("/travel")).Status);

        paper.Originals.Gate.Set();
        foreach (var waited in all)
        {
            using var answer = await waited;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Equal(65, all.Count);
    }

    [Fact]
    public async Task The_usual_widths_of_the_library_are_made_without_being_asked_for()
    {
        await using var paper = new NewsHubApp { MakesAhead = true, Content = Path.Combine(AppContext.BaseDirectory, "none") };
        using var editor = await Admin.Colleague.SignedInAsync(paper, Core.Events.Role.Editor);
        await editor.UploadByScriptAsync("/admin/media/upload", "quay.jpg", Admin.Shots.Jpeg(400, 300));
        var picture = await paper.FromElsewhereAsync(db => db.Pictures.SingleAsync());
        var pictureProcessor = paper.Services.GetRequiredService<PictureProcessor>();
        foreach (var rendition in Rendition.Common(picture))
            await NewsHubApp.EventuallyAsync(
                async () => await pictureProcessor.FindAsync(rendition) is not null, $"{rendition.Name} is made");
    }

    /// <summary>The sample paper, whose originals are not read before the gate opens.</summary>
    private sealed class SlowPaper : NewsHubApp
    {
        public SlowOriginals Originals { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
                services.AddSingleton<IMediaStore>(s => Originals.Over(new FolderMediaStore(s.GetRequiredService<Folders>().Media))));
        }

        protected override void Dispose(bool disposing)
        {
            Originals.Gate.Set();
            base.Dispose(disposing);
        }
    }

    private sealed class SlowOriginals : IMediaStore
    {
        private FolderMediaStore _store = null!;
        private int _open;

        public ManualResetEventSlim Gate { get; } = new();
        public int Open => _open;

        public SlowOriginals Over(FolderMediaStore store)
        {
            _store = store;
            return this;
        }

        public Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default) =>
            _store.SaveAsync(path, bytes, cancel);

        public Task<byte[]?> ReadAsync(string path, CancellationToken cancel = default) => _store.ReadAsync(path, cancel);

        public Task<bool> HasAsync(string path, CancellationToken cancel = default) => _store.HasAsync(path, cancel);

        public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel = default) => _store.ListAsync(folder, cancel);

        public Task<IReadOnlyList<MediaFile>> ListBelowAsync(string folder, CancellationToken cancel = default) =>
            _store.ListBelowAsync(folder, cancel);

        public Task DeleteAsync(string path, CancellationToken cancel = default) => _store.DeleteAsync(path, cancel);

        public Task<Stream?> OpenAsync(string path, CancellationToken cancel = default)
        {
            if (!path.StartsWith("originals/", StringComparison.Ordinal)) return _store.OpenAsync(path, cancel);
            Interlocked.Increment(ref _open);
            try
            {
                Gate.Wait(CancellationToken.None);
                return _store.OpenAsync(path, cancel);
            }
            finally
            {
                Interlocked.Decrement(ref _open);
            }
        }
    }
}
